import type { ChatCard } from '../../contract.js'
import type { Chats } from '../chats.js'
import type { WorldCore } from '../core.js'
import { lookup } from '../lookup.js'
import { badInput, refused } from '../problem.js'
import type { CardRecord, PhoneRecord, WebView } from '../records.js'
import { MAGIC } from '../magic.js'
import { versionBefore, WECOM_PRIVATE_SINCE } from '../versions.js'

/** `WebTicket` in place of a reason: usable. */
export interface WebTicket {
  card: string
  host: string
}
export type WebTicketState = 'missing' | 'unknown' | 'misused' | WebTicket

export type WebOpening =
  { via: 'card'; card: string } | { via: 'link'; url: string } | { via: 'attachment'; chat: string }

export interface SharedLink extends Pick<CardRecord, 'title' | 'imageUrl' | 'private'> {
  link: string
  desc: string
  /** Host and port of the page that it is shared from. */
  from: string
}

/** Web pages (H5) that are open on phones, and the links that leave them. */
export class WebPages {
  readonly #core: WorldCore
  readonly #chats: Chats

  constructor(core: WorldCore, chats: Chats) {
    this.#core = core
    this.#chats = chats
  }

  /** One page at a time; opening another closes the one before. */
  open(phone: PhoneRecord, call: WebOpening): WebView {
    const card = call.via === 'card' ? this.#cardOn(phone, call.card) : null
    const view: WebView = {
      id: this.#core.nextId('view-'),
      address: call.via === 'card' ? this.#appended(card) : this.#addressOf(phone, call),
      entry: call.via === 'attachment' ? 'chat_attachment' : 'normal',
      chat: call.via === 'attachment' ? call.chat : null,
      shareTicket: null,
      document: null,
      config: null,
      agentConfig: null,
      attribute: null,
      hiddenItems: [],
      hiddenMenu: false,
    }
    this.close(phone)
    phone.web = view
    if (card && this.#getsTicket(phone, card)) view.shareTicket = this.#issueTicket(phone, card)
    this.#core.changed('phones', phone.id)
    return view
  }

  close(phone: PhoneRecord): void {
    if (!phone.web) return
    const { id } = phone.web
    delete phone.web
    for (const [ticket, { web }] of Object.entries(this.#core.state.tickets)) {
      if (web?.view === id) delete this.#core.state.tickets[ticket]
    }
    this.#core.changed('phones', phone.id)
  }

  /** The open page of a phone, if it is still this one. Another document of it starts without configuration. */
  view(phone: PhoneRecord, id: string, document: string): WebView {
    const { web } = phone
    if (web?.id !== id) throw refused('This page is closed.')
    if (web.document !== document) {
      Object.assign(web, { document, config: null, agentConfig: null, attribute: null })
      Object.assign(web, { hiddenItems: [], hiddenMenu: false })
      this.#core.changed()
    }
    return web
  }

  /**
   * Q15: what is wrong with a share ticket; whose app and domain it is, the caller judges. It ends with its opening (SIM):
   * how long a ticket lives is UNCONFIRMED.
   */
  ticket(phone: PhoneRecord, ticket: unknown): WebTicketState {
    if (ticket === undefined || ticket === null || ticket === '') return 'missing'
    const record = typeof ticket === 'string' ? lookup(this.#core.state.tickets, ticket) : undefined
    if (!record?.web) return 'unknown'
    if (record.phone !== phone.id) return 'misused'
    return { card: record.card, host: record.web.host }
  }

  /** A link of the page that is open now goes into a chat. */
  share(phone: PhoneRecord, view: WebView, content: SharedLink, chatId: string): ChatCard {
    const chat = this.#chats.get(chatId)
    if (!this.#chats.isMember(chat, phone)) throw refused('This phone is not in that chat.')
    return this.#chats.put({
      id: this.#core.nextId('card-'),
      client: phone.client,
      miniProgram: '',
      chat: chat.id,
      from: phone.person,
      sentAt: this.#core.now(),
      title: content.title,
      imageUrl: content.imageUrl,
      path: '',
      private: content.private,
      ticketed: content.private,
      activityId: null,
      state: content.private ? (view.attribute?.state ?? '') : null,
      forwardedFrom: null,
      link: {
        url: content.link,
        desc: content.desc,
        app: view.agentConfig?.app ?? null,
        from: content.from,
      },
    })
  }

  /** The page that an app has on this phone's workbench; null: none. */
  home(phone: PhoneRecord): string | null {
    return phone.client === 'wecom' ? this.appHome() : null
  }

  /** The page of the first app that has one; null: none has. */
  appHome(): string | null {
    return this.#core.state.apps.wecom.find(({ web }) => web !== undefined)?.web?.home ?? null
  }

  #addressOf(phone: PhoneRecord, call: Exclude<WebOpening, { via: 'card' }>): string {
    if (call.via === 'link') return call.url
    const home = this.home(phone)
    if (home === null) throw badInput('chat', 'no app has a web page here')
    const chat = this.#chats.get(call.chat)
    if (!this.#chats.isMember(chat, phone)) throw refused('This phone is not in that chat.')
    return home
  }

  #cardOn(phone: PhoneRecord, id: string): CardRecord {
    const card = this.#chats.card(id)
    const seen = this.#chats.cardsFor(this.#chats.get(card.chat), phone)
    if (!seen.some((one) => one.id === id)) throw refused('This phone does not have that card.')
    if (!card.link) throw badInput('card', 'is no link to a web page')
    return card
  }

  /** Q16: the client appends parameters to a shared link (setting wecom.h5AppendedQuery). */
  #appended(card: CardRecord | null): string {
    const more = this.#core.state.settings.wecom.h5AppendedQuery
    const [url = '', fragment] = (card?.link?.url ?? '').split('#', 2)
    const whole = more === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${more}`
    return fragment === undefined ? whole : `${whole}#${fragment}`
  }

  /** Q2: not on a WeChat phone, ever; not on a WeCom that has no private messages. */
  #getsTicket(phone: PhoneRecord, card: CardRecord): boolean {
    if (phone.person === MAGIC.ticketlessPerson) return false
    const fits = phone.client === 'wecom' && card.client === 'wecom'
    return fits && card.ticketed && !versionBefore(phone.version, WECOM_PRIVATE_SINCE)
  }

  #issueTicket(phone: PhoneRecord, card: CardRecord): string {
    const ticket = this.#core.token(86)
    this.#core.state.tickets[ticket] = {
      phone: phone.id,
      life: phone.life,
      card: card.id,
      miniProgram: '',
      client: 'wecom',
      // Q15, 60242: bound to the domain of the page that it was shared from.
      web: { view: phone.web?.id ?? '', host: card.link?.from ?? '' },
    }
    return ticket
  }
}
