import type { Chats } from './chats.js'
import type { WorldCore } from './core.js'
import type { CardRecord, PhoneRecord, TicketRecord } from './records.js'
import { lookup } from './lookup.js'
import { MAGIC } from './magic.js'

export type TicketState = 'missing' | 'unknown' | 'foreign-phone' | 'foreign-app' | TicketRecord

/** The one place that decides who is a direct recipient of a private card. */
export class Recipients {
  constructor(
    private readonly core: WorldCore,
    private readonly chats: Chats,
  ) {}

  /** W2: a ticket is usable on the phone it was given to, in the mini-program's current life only. */
  ticket(phone: PhoneRecord, ticket: unknown): TicketState {
    if (ticket === undefined || ticket === null || ticket === '') return 'missing'
    const record = typeof ticket === 'string' ? lookup(this.core.state.tickets, ticket) : undefined
    if (!record) return 'unknown'
    if (record.client !== phone.client) return 'unknown'
    if (record.phone !== phone.id) return 'foreign-phone'
    if (record.life !== phone.life || !phone.running) return 'unknown'
    if (record.miniProgram !== phone.miniProgram) return 'foreign-app'
    return record
  }

  /**
   * W1, Q1: the person the card was sent to, or the members of the group now, not when it was sent.
   * Q1: the readers of a forwarded copy are not direct recipients.
   * The sharer's own card is UNCONFIRMED on both platforms.
   */
  isDirect(phone: PhoneRecord, card: CardRecord): boolean {
    if (!card.private || card.forwardedFrom !== null || card.client !== phone.client) return false
    const chat = this.chats.get(card.chat)
    if (!this.chats.isMember(chat, phone)) return false
    if (phone.person === MAGIC.refusedPerson) return false
    if (card.from !== phone.person) return chat.id !== MAGIC.removingGroup
    const settings = this.core.state.settings[card.client]
    const own =
      chat.kind === 'group' ? settings.sharerOwnCardInGroup : settings.sharerOwnCardInSingle
    return own === 'valid'
  }
}
