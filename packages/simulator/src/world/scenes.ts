import type { ChatCard, Client } from '../contract.js'
import { badInput, refused } from './problem.js'
import type { CardRecord } from './records.js'
import { seedDemo } from './seed.js'
import type { World } from './world.js'

const wechatGroup = 'wechat-group'

/** What each scene has beyond the demo's people, phones and chats. */
const SCENES = {
  single: () => undefined,
  /** Zhou is in the group and can leave; Su is not and can join. */
  group: (world: World) => {
    world.people.add({ id: 'su', name: '苏晴 Su Qing', wechat: true })
    world.phones.add({ id: 'su-wechat', person: 'su', client: 'wechat' })
    world.chats.join(wechatGroup, 'zhou')
  },
  /** Q1: a customer is on WeChat, and gets no ticket of a WeCom chat. */
  customer: (world: World) => {
    world.people.add({ id: 'customer', name: '顾客 Customer', wechat: true })
    world.phones.add({ id: 'customer-wechat', person: 'customer', client: 'wechat' })
    world.chats.add({
      id: 'wecom-customer',
      client: 'wecom',
      kind: 'group',
      name: '顾客群 Customer group',
      members: ['lin', 'chen', 'customer'],
      interop: true,
    })
  },
  forward: () => undefined,
  once: () => undefined,
  web: () => undefined,
  bot: () => undefined,
} satisfies Record<string, (world: World) => void>

export type SceneId = keyof typeof SCENES
export const SCENE_IDS = Object.keys(SCENES) as SceneId[]

/** Sets the stage anew: the demo's people, phones and chats, no cards, no faults, the machine's time. Apps and bots stay. */
export const stage = (world: World, scene: SceneId): void => {
  world.clearStage()
  seedDemo(world)
  SCENES[scene](world)
}

/** Where the stranger finds the card. */
export interface StrangersCard {
  phone: string
  card: ChatCard
}

/** Clients that still forward private cards: WeCom before 3.1.8 (Q1); for WeChat the version is UNCONFIRMED. */
const OLD: Record<Client, string> = { wechat: '7.0.20', wecom: '3.1.6' }

/**
 * Forwards a private card to somebody who never got it, from an old phone of somebody who did.
 * @param id absent: the newest private card
 */
export const sendToStranger = (world: World, id?: string): StrangersCard => {
  const card = id === undefined ? newest(world) : world.chats.card(id)
  if (!card.private) throw badInput('card', 'is not a private message')
  const { client } = card
  const { members } = world.chats.get(card.chat)
  const reader = members.find((member) => member !== card.from) ?? card.from
  const stranger = world.people
    .list()
    .find(
      (one) => !members.includes(one.id) && (client === 'wechat' ? one.wechat : one.wecomUserid),
    )
  if (!stranger) throw refused('Everybody of this client is in that chat.')
  const phones = world.phones.list().filter((phone) => phone.client === client)
  const version = OLD[client]
  const old =
    phones.find((phone) => phone.person === reader && phone.version === version) ??
    world.phones.add({ person: reader, client, platform: 'android', version, sdkVersion: '2.16.0' })
  const phone =
    phones.find((one) => one.person === stranger.id) ??
    world.phones.add({ person: stranger.id, client })
  const both = [reader, stranger.id]
  const chat =
    world.chats
      .list()
      .find(
        (one) =>
          one.client === client &&
          one.kind === 'single' &&
          both.every((person) => one.members.includes(person)),
      ) ?? world.chats.add({ client, kind: 'single', members: both })
  const sent = world.cards.forward(world.phones.get(old.id), { card: card.id, chat: chat.id })
  return { phone: phone.id, card: sent }
}

const newest = (world: World): CardRecord => {
  const found = world.chats
    .allCards()
    .findLast((card) => card.private && card.forwardedFrom === null)
  if (!found) throw refused('There is no private card yet. Share one first.')
  return found
}
