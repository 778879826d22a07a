import type { Chat, ChatCard, ChatView, Client, Person } from '../contract.js'
import type { WorldCore } from './core.js'
import type { People } from './people.js'
import { badInput, notFound } from './problem.js'
import type { CardRecord, ChatRecord, PhoneRecord } from './records.js'
import { lookup } from './lookup.js'

export interface NewChat {
  id?: string | undefined
  client: Client
  kind: 'single' | 'group'
  name?: string | undefined
  members: string[]
  interop?: boolean | undefined
}

export class Chats {
  constructor(
    private readonly core: WorldCore,
    private readonly people: People,
  ) {}

  list(): Chat[] {
    return Object.values(this.core.state.chats).map(({ leftAt: _, ...chat }) => chat)
  }

  get(id: string): ChatRecord {
    const chat = lookup(this.core.state.chats, id)
    if (!chat) throw notFound('chat', id)
    return chat
  }

  add(input: NewChat): Chat {
    const id = input.id ?? this.core.nextId('chat-')
    if (lookup(this.core.state.chats, id)) throw badInput('id', 'is taken')
    const interop = input.interop ?? false
    if (interop && input.client !== 'wecom') {
      throw badInput('interop', 'only a WeCom chat can have WeChat customers in it')
    }
    const members = [...new Set(input.members)]
    if (input.kind === 'single' && members.length !== 2) {
      throw badInput('members', 'a 1-to-1 chat has exactly two people')
    }
    const chat: ChatRecord = {
      id,
      client: input.client,
      kind: input.kind,
      name: input.name ?? members.map((member) => this.people.get(member).name).join('、'),
      members,
      interop,
      leftAt: {},
    }
    for (const member of members) this.#mustFit(chat, this.people.get(member), 'members')
    this.core.state.chats[id] = chat
    this.core.changed('chats', id)
    return this.#plain(chat)
  }

  /** Q1, W1: later joiners of a group are recipients from then on. */
  join(id: string, person: string): Chat {
    const chat = this.#mustBeGroup(id)
    this.#mustFit(chat, this.people.get(person), 'person')
    if (!chat.members.includes(person)) chat.members.push(person)
    delete chat.leftAt[person]
    this.core.changed('chats', id)
    return this.#plain(chat)
  }

  /** Q1, W1: a person who left is no longer a recipient; the history stays on the phone. */
  leave(id: string, person: string): Chat {
    const chat = this.#mustBeGroup(id)
    if (!chat.members.includes(person)) throw badInput('person', 'is not in this group')
    chat.members = chat.members.filter((member) => member !== person)
    chat.leftAt[person] = this.core.now()
    this.core.changed('chats', id)
    return this.#plain(chat)
  }

  allCards(): CardRecord[] {
    return Object.values(this.core.state.cards)
  }

  card(id: string): CardRecord {
    const card = lookup(this.core.state.cards, id)
    if (!card) throw notFound('card', id)
    return card
  }

  /** What proofs call a group: obviously fake, the same each time. A 1-to-1 chat has none. */
  publicId(id: string): string {
    const chat = this.get(id)
    return chat.kind === 'group' ? `wrFAKE${Buffer.from(chat.id).toString('base64url')}` : ''
  }

  put(card: CardRecord): ChatCard {
    this.core.state.cards[card.id] = card
    this.core.changed('chats', card.chat)
    return shown(card)
  }

  isMember(chat: ChatRecord, phone: PhoneRecord): boolean {
    return chat.members.includes(phone.person) && this.#onClientOf(chat, phone)
  }

  viewsFor(phone: PhoneRecord): ChatView[] {
    return Object.values(this.core.state.chats)
      .filter((chat) => this.#onClientOf(chat, phone))
      .filter(
        (chat) => chat.members.includes(phone.person) || Object.hasOwn(chat.leftAt, phone.person),
      )
      .map((chat) => this.#view(chat, phone))
  }

  /** The cards that this phone has in a chat, oldest first. */
  cardsFor(chat: ChatRecord, phone: PhoneRecord): CardRecord[] {
    if (!this.#onClientOf(chat, phone)) return []
    const member = chat.members.includes(phone.person)
    const until = member ? Infinity : (lookup(chat.leftAt, phone.person) ?? -Infinity)
    // SIM: a joiner sees the cards sent before, as if a member had quoted them; the platforms decide only who can verify.
    return Object.values(this.core.state.cards).filter(
      (card) => card.chat === chat.id && card.sentAt <= until,
    )
  }

  #view(chat: ChatRecord, phone: PhoneRecord): ChatView {
    const other = chat.members.find((member) => member !== phone.person)
    return {
      ...this.#plain(chat),
      title: chat.kind === 'single' && other ? this.people.get(other).name : chat.name,
      left: !chat.members.includes(phone.person),
      cards: this.cardsFor(chat, phone).map(shown),
    }
  }

  /** A WeCom chat is on WeCom phones; with `interop`, also on the WeChat phones of people outside the corp. */
  #onClientOf(chat: ChatRecord, phone: PhoneRecord): boolean {
    if (chat.client === phone.client) {
      return phone.client === 'wechat' || this.people.get(phone.person).wecomUserid !== null
    }
    const customer = this.people.get(phone.person).wecomUserid === null
    return chat.interop && phone.client === 'wechat' && customer
  }

  #mustFit(chat: ChatRecord, person: Person, path: string): void {
    const fits =
      chat.client === 'wechat'
        ? person.wechat
        : person.wecomUserid !== null || (chat.interop && person.wechat)
    if (!fits) throw badInput(path, `${person.name} has no account that can be in this chat`)
  }

  #mustBeGroup(id: string): ChatRecord {
    const chat = this.get(id)
    if (chat.kind !== 'group') throw badInput('chat', 'no person joins or leaves a 1-to-1 chat')
    return chat
  }

  #plain({ leftAt: _, ...chat }: ChatRecord): Chat {
    return chat
  }
}

export const shown = (card: CardRecord): ChatCard => ({
  id: card.id,
  chat: card.chat,
  from: card.from,
  sentAt: card.sentAt,
  title: card.title,
  imageUrl: card.imageUrl,
  path: card.path,
  private: card.private,
  forwardedFrom: card.forwardedFrom,
  ...(card.link && { link: { url: card.link.url, desc: card.link.desc } }),
})
