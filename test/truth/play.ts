import type { Client, Phone } from '@sealcard/simulator'
import type { LeanStack } from '../support/lean-stack.js'
import { Member } from '../support/member.js'
import type { Alternative, ChatKind, ClientAge, Reader } from './cases.js'
import { CLIENTS } from './cases.js'

type Json = Record<string, unknown>

/** What happens when one reader opens one card with one client. */
export interface Row {
  client: Client
  chat: ChatKind
  reader: Reader
  age: ClientAge
  /** What the page knows before it asks: fields of the enter options, or of `wx.qy.getContext`. */
  enter: Json
  hasTicket: boolean
  /** The answer of `wx.authPrivateMessage` or `wx.qy.getShareInfo`. */
  asked: { ok: boolean; res: Json }
  /** The service's answer to what this page has. */
  decision: Decision
  /** The service's answer to a good proof of another reader, a recipient. Null: the reader is that recipient. */
  copied: Decision | null
}

export interface Decision {
  status: number
  /** `card`: opened. `owner`: the reader's own card. Otherwise the code of the error. */
  what: string
}

interface Sent {
  shareId: string
  /** The card in the chat. */
  card: string
  /** A copy that an old client forwarded to the stranger. */
  forwarded: string
  /** The card of the same share in a chat with a WeChat user. WeCom only. */
  abroad: string
  /** What Chen's client obtained and Chen did not use. */
  proof: Proof
}

type Proof = { encryptedData: string; iv: string }

const PEOPLE = ['leaver', 'joiner', 'stranger'] as const

/** People, phones and cards of the table, in one world and one service. */
export class TruthWorld {
  readonly #sent = new Map<string, Sent>()

  constructor(private readonly stack: LeanStack) {}

  async start(): Promise<void> {
    const { control } = this.stack
    for (const id of PEOPLE)
      await control.addPerson({ id, name: id, wechat: true, wecomUserid: id })
    await control.addPerson({ id: 'customer', name: 'customer', wechat: true, wecomUserid: null })
    for (const client of ['wechat', 'wecom'] as const) {
      for (const person of [...PEOPLE, ...(client === 'wechat' ? ['customer'] : [])]) {
        await control.addPhone({ id: `${person}-${client}`, person, client, platform: 'android' })
      }
      for (const chat of ['single', 'group'] as const) await this.#send(client, chat)
    }
  }

  #member(person: string, client: Client): Member {
    return new Member(person, client, this.stack.control, this.stack.bff.url)
  }

  async #send(client: Client, chat: ChatKind): Promise<void> {
    const { control } = this.stack
    const lin = this.#member('lin', client)
    await lin.logIn()
    const { body: made } = await lin.createCard(`card of ${client} ${chat}`, 'the secret')
    const { body: share } = await lin.share(made.id)
    const id = `truth-${client}-${chat}`
    const pair = chat === 'single' ? ['lin', 'chen'] : ['lin', 'chen', 'leaver']
    await control.addChat({ id, client, kind: chat, members: pair })
    const card = await lin.send(share, id)
    if (chat === 'group') {
      await control.leave(id, 'leaver')
      await control.join(id, 'joiner')
    }
    const aside = `${id}-aside`
    await control.addChat({ id: aside, client, kind: 'single', members: ['chen', 'stranger'] })
    const old = control.phone(`chen-${client}-old`)
    const forwarded = (await old.forward({ card, chat: aside })).card.id
    const abroad = client === 'wecom' ? await this.#sendAbroad(lin, share, chat) : ''
    await this.#install(`chen-${client}`, client, 'new')
    const chen = this.#member('chen', client)
    await chen.logIn()
    const proof = await chen.prove(card)
    const shareId = String(share.id)
    this.#sent.set(`${client} ${chat}`, { shareId, card, forwarded, abroad, proof })
  }

  /** Q1: a WeCom chat with a WeChat user in it. */
  async #sendAbroad(lin: Member, share: unknown, kind: ChatKind): Promise<string> {
    const id = `truth-abroad-${kind}`
    const members = kind === 'single' ? ['lin', 'customer'] : ['lin', 'chen', 'customer']
    await this.stack.control.addChat({ id, client: 'wecom', kind, members, interop: true })
    return lin.send(share, id)
  }

  /** One row, played from the tap on the card to the service's answer. */
  async play(client: Client, chat: ChatKind, reader: Reader, age: ClientAge): Promise<Row> {
    const sent = this.#sent.get(`${client} ${chat}`)!
    const on: Client = reader === 'customer' ? 'wechat' : client
    const person = PERSON_OF[reader]
    const member = this.#member(person, on)
    await this.#install(`${person}-${on}`, on, age)
    await member.logIn()
    const card = { stranger: sent.forwarded, customer: sent.abroad }[reader as string] ?? sent.card
    const page = await askThePlatform(member, card)
    const decision = decided(await member.open(sent.shareId, proofIn(page.asked.res)))
    const copied = person === 'chen' ? null : decided(await member.open(sent.shareId, sent.proof))
    return { client, chat, reader, age, ...page, decision, copied }
  }

  /** A row of a new client while a switch of what is UNCONFIRMED stands otherwise. */
  async playWith(
    { client, setting, value }: Alternative,
    chat: ChatKind,
    reader: Reader,
  ): Promise<Row> {
    const { control } = this.stack
    const before = (await control.settings())[client] as Json
    await control.setSettings({ [client]: { [setting]: value } })
    try {
      return await this.play(client, chat, reader, 'new')
    } finally {
      await control.setSettings({ [client]: { [setting]: before[setting] } })
    }
  }

  /** Chen uses the proof that everybody else sent before. */
  async useTheProof(client: Client, chat: ChatKind): Promise<Decision> {
    const { shareId, proof } = this.#sent.get(`${client} ${chat}`)!
    const chen = this.#member('chen', client)
    await chen.logIn()
    return decided(await chen.open(shareId, proof))
  }

  /** The mini-program starts anew, in a client of this age. */
  async #install(phone: string, client: Client, age: ClientAge): Promise<void> {
    await this.stack.control.phone(phone).close()
    const { version, sdkVersion } = CLIENTS[client][age]!
    const patch: Partial<Phone> = { version, sdkVersion }
    await this.stack.control.updatePhone(phone, patch)
  }
}

const PERSON_OF: Record<Reader, string> = {
  sharer: 'lin',
  recipient: 'chen',
  member: 'chen',
  leaver: 'leaver',
  joiner: 'joiner',
  stranger: 'stranger',
  customer: 'customer',
}

const askThePlatform = async ({ phone, client }: Member, card: string) => {
  const options = await phone.open({ via: 'card', card })
  const wechat = client === 'wechat'
  const context = wechat ? options : (await phone.wx('qy.getContext')).res
  const { shareTicket, scene, chatType, entry } = context as Json
  const enter = wechat ? { scene, ...(chatType !== undefined && { chatType }) } : { entry }
  const api = wechat ? 'authPrivateMessage' : 'qy.getShareInfo'
  const asked = await phone.wx(api, { shareTicket })
  return { enter, hasTicket: shareTicket !== undefined, asked: asked as Row['asked'] }
}

/** A page that was given no proof sends none. */
const proofIn = ({ encryptedData = '', iv = '' }: Json) => ({ encryptedData, iv })

const decided = ({ status, body }: { status: number; body: Json }): Decision => ({
  status,
  what: status === 201 ? 'card' : 'owner' in body ? 'owner' : String(body['code']),
})
