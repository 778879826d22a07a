import type { ChatCard, ForwardCall, ShareCall } from '../contract.js'
import type { Activities } from './activities.js'
import type { Chats } from './chats.js'
import type { WorldCore } from './core.js'
import { refused } from './problem.js'
import type { CardRecord, ChatRecord, PhoneRecord } from './records.js'
import { refusesForwarding } from './versions.js'
import { lookup } from './lookup.js'

const isDesktop = (phone: PhoneRecord): boolean =>
  phone.platform === 'windows' || phone.platform === 'mac'

type Declared = Pick<CardRecord, 'private' | 'ticketed' | 'activityId' | 'state'>

/** Cards on their way into chats: what the sender's client makes of a share or a forward. */
export class Cards {
  constructor(
    private readonly core: WorldCore,
    private readonly chats: Chats,
    private readonly activities: Activities,
  ) {}

  share(phone: PhoneRecord, call: ShareCall): ChatCard {
    const chat = this.#mustBeIn(phone, call.chat)
    if (call.from === 'menu' && phone.hiddenMenus.includes(call.page)) {
      throw refused('The share menu of this page is hidden.')
    }
    const route = call.page.replace(/#.*$/, '')
    const declared =
      phone.client === 'wechat' ? this.#declaredInWechat(phone) : this.#declaredInWecom(phone, call)
    return this.chats.put({
      id: this.core.nextId('card-'),
      client: phone.client,
      miniProgram: phone.miniProgram,
      chat: chat.id,
      from: phone.person,
      sentAt: this.core.now(),
      title: call.share.title ?? this.#appName(phone),
      imageUrl: call.share.imageUrl ?? null,
      path: (call.share.path ?? route).replace(/^\//, ''),
      ...declared,
      forwardedFrom: null,
    })
  }

  /** Q1: WeCom 3.1.8 and later refuse; older clients forward, and the copy's readers are not direct recipients. */
  forward(phone: PhoneRecord, call: ForwardCall): ChatCard {
    const card = this.chats.card(call.card)
    const from = this.chats.get(card.chat)
    if (!this.chats.cardsFor(from, phone).some((seen) => seen.id === card.id)) {
      throw refused('This phone does not have that card.')
    }
    const chat = this.#mustBeIn(phone, call.chat)
    if (card.private && refusesForwarding(phone, this.core.state.settings)) {
      throw refused('This client does not forward private messages.')
    }
    return this.chats.put({
      ...card,
      id: this.core.nextId('card-'),
      chat: chat.id,
      from: phone.person,
      sentAt: this.core.now(),
      forwardedFrom: card.id,
    })
  }

  #declaredInWechat(phone: PhoneRecord): Declared {
    const { withShareTicket, isPrivateMessage, activityId } = phone.share
    const settings = this.core.state.settings.wechat
    const isPrivate = isPrivateMessage && activityId !== null
    if (
      isPrivate &&
      settings.badActivity === 'refuse' &&
      !this.activities.mayShare(activityId, phone.miniProgram, phone.person)
    ) {
      throw refused('This private message can no longer be shared.')
    }
    // C5, C6: Windows and Mac lose the ticket on sending.
    const clientKeeps = !isDesktop(phone) || settings.desktopKeepsTicket
    return {
      private: isPrivate,
      ticketed:
        (withShareTicket || (isPrivate && settings.privateImpliesTicket)) &&
        (clientKeeps || !isPrivate),
      activityId: isPrivate ? activityId : null,
      state: null,
    }
  }

  /** Q5: wx.updateShareMenu has no effect in WeCom. Q1: qy.setShareAttr marks the page. */
  #declaredInWecom(phone: PhoneRecord, call: ShareCall): Declared {
    const attributes = lookup(phone.pages, call.page)
    const isPrivate = attributes?.withShareTicket ?? false
    return {
      private: isPrivate,
      ticketed: isPrivate,
      activityId: null,
      state: isPrivate ? (attributes?.state ?? '') : null,
    }
  }

  #mustBeIn(phone: PhoneRecord, chatId: string): ChatRecord {
    const chat = this.chats.get(chatId)
    if (!this.chats.isMember(chat, phone)) throw refused('This phone is not in that chat.')
    return chat
  }

  #appName(phone: PhoneRecord): string {
    const app = this.core.state.apps.wechat.find((known) => known.appid === phone.miniProgram)
    return app?.name ?? ''
  }
}
