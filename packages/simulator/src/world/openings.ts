import type { EnterOptions, OpenCall } from '../contract.js'
import type { Chats } from './chats.js'
import type { WorldCore } from './core.js'
import { MAGIC } from './magic.js'
import type { Phones } from './phones.js'
import { refused } from './problem.js'
import type { CardRecord, ChatRecord, PhoneRecord } from './records.js'
import { versionBefore, WECOM_PRIVATE_SINCE } from './versions.js'

/** W20; which scene a bot's card has is UNCONFIRMED, 1014 (a service message's card) is the nearest. */
const SCENE = { recent: 1001, single: 1007, group: 1008, bot: 1014, withTicket: 1044 }

const split = (path: string): Pick<EnterOptions, 'path' | 'query'> => {
  const [route = '', query = ''] = path.replace(/^\//, '').split('?', 2)
  return { path: route, query: Object.fromEntries(new URLSearchParams(query)) }
}

/** What a tap on a card, or on the recent list, hands to the mini-program. */
export class Openings {
  constructor(
    private readonly core: WorldCore,
    private readonly chats: Chats,
    private readonly phones: Phones,
  ) {}

  /** A cold start, or a warm one when the mini-program is already running: its life and earlier tickets continue. */
  open(phone: PhoneRecord, call: OpenCall, home: string): EnterOptions {
    const card = call.via === 'card' ? this.#cardOn(phone, call.card) : null
    this.phones.ensureRunning(phone)
    phone.contextTicket = null
    phone.enter = card
      ? this.#fromCard(phone, card)
      : {
          ...split((call.via !== 'card' && call.path) || home),
          scene: call.via === 'bot' ? SCENE.bot : SCENE.recent,
          referrerInfo: {},
          apiCategory: 'default',
        }
    this.core.changed('phones', phone.id)
    return phone.enter
  }

  #cardOn(phone: PhoneRecord, id: string): CardRecord {
    const card = this.chats.card(id)
    const chat = this.chats.get(card.chat)
    if (!this.chats.cardsFor(chat, phone).some((seen) => seen.id === id)) {
      throw refused('This phone does not have that card.')
    }
    return card
  }

  #fromCard(phone: PhoneRecord, card: CardRecord): EnterOptions {
    const chat = this.chats.get(card.chat)
    const ticket = this.#getsTicket(phone, card, chat) ? this.#issueTicket(phone, card) : undefined
    const enter: EnterOptions = {
      ...split(card.path),
      scene: this.#scene(phone, card, chat, ticket !== undefined),
      referrerInfo: {},
      apiCategory: 'default',
    }
    if (phone.client === 'wecom') {
      // Q1: in WeCom the ticket comes from qy.getContext, not from the enter options.
      phone.contextTicket = ticket ?? null
      return enter
    }
    // W23: chatType since base library 2.18.0.
    if (!versionBefore(phone.sdkVersion, '2.18.0')) enter.chatType = chatType(chat)
    if (ticket !== undefined) enter.shareTicket = ticket
    return enter
  }

  #getsTicket(phone: PhoneRecord, card: CardRecord, chat: ChatRecord): boolean {
    if (phone.person === MAGIC.ticketlessPerson) return false
    // Q1: tickets do not cross from WeCom to WeChat (a customer's phone), nor back.
    if (!card.ticketed || card.client !== phone.client) return false
    if (phone.client === 'wecom') return !versionBefore(phone.version, WECOM_PRIVATE_SINCE)
    // W2: ordinary cards give a ticket in groups only; private cards also in a 1-to-1 chat.
    return card.private || chat.kind === 'group'
  }

  #issueTicket(phone: PhoneRecord, card: CardRecord): string {
    const ticket = this.core.token(86)
    this.core.state.tickets[ticket] = {
      phone: phone.id,
      life: phone.life,
      card: card.id,
      miniProgram: phone.miniProgram,
      client: phone.client,
    }
    return ticket
  }

  #scene(phone: PhoneRecord, card: CardRecord, chat: ChatRecord, ticket: boolean): number {
    if (phone.client === 'wecom' || !ticket) {
      return chat.kind === 'group' ? SCENE.group : SCENE.single
    }
    if (chat.kind === 'group') return SCENE.withTicket
    // W23: a 1-to-1 private card had another scene before base library 3.0.1; never gate on it.
    return card.private && !versionBefore(phone.sdkVersion, '3.0.1')
      ? this.core.state.settings.wechat.privateSingleScene
      : SCENE.withTicket
  }
}

/** W19: 1 WeChat 1-to-1, 2 WeCom contact 1-to-1, 3 ordinary group, 4 WeCom-interop group. */
const chatType = (chat: ChatRecord): 1 | 2 | 3 | 4 => {
  if (chat.interop) return chat.kind === 'single' ? 2 : 4
  return chat.kind === 'single' ? 1 : 3
}
