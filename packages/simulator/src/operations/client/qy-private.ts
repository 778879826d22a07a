import { sealOpenData } from '../../crypto/open-data.js'
import type { ClientOperation } from '../types.js'
import { admitted, fail, missingInWecom, ok, qyName } from './answers.js'

/** Q1: marks this page; every later share of it carries the ticket. */
export const qySetShareAttr: ClientOperation = (world, { phone, page, args }) => {
  const missing = missingInWecom(world, phone, 'setShareAttr')
  if (missing) return missing
  const name = qyName(world, 'setShareAttr')
  const { withShareTicket = false, state = '' } = args
  if (typeof withShareTicket !== 'boolean') return fail(name, 'invalid withShareTicket')
  if (typeof state !== 'string') return fail(name, 'invalid state')
  const limit = world.settings.wecom.stateMaxLength
  if (limit !== null && state.length > limit) return fail(name, 'invalid state')
  const admission = admitted(world, phone, 'setShareAttr')
  if ('ok' in admission) return admission
  phone.pages[page] = { withShareTicket, state }
  world.changed()
  return ok(name)
}

/** Q10, Q1: `entry` is `normal` for a card in a chat; the ticket only when opened from a private card. */
export const qyGetContext: ClientOperation = (world, { phone }) => {
  const missing = missingInWecom(world, phone, 'getContext', '3.0.24')
  if (missing) return missing
  const ticket = phone.contextTicket
  return ok(qyName(world, 'getContext'), {
    entry: 'normal',
    ...(ticket === null ? {} : { shareTicket: ticket }),
  })
}

/** Q15's meanings; which of them reaches the client is UNCONFIRMED. */
const TICKET_ERRORS = {
  missing: 60230,
  unknown: 60231,
  'foreign-phone': 60233,
  'foreign-app': 60244,
} as const

/** Q1: fails for a person who is not a direct recipient; JSON without a watermark. */
export const qyGetShareInfo: ClientOperation = (world, { phone, args }) => {
  const missing = missingInWecom(world, phone, 'getShareInfo')
  if (missing) return missing
  const name = qyName(world, 'getShareInfo')
  const admission = admitted(world, phone, 'getShareInfo')
  if ('ok' in admission) return admission
  const ticket = world.recipients.ticket(phone, args['shareTicket'])
  if (typeof ticket === 'string') {
    return fail(name, 'invalid shareTicket', { errCode: TICKET_ERRORS[ticket] })
  }
  const card = world.chats.card(ticket.card)
  const { wecom } = world.settings
  if (!world.recipients.isDirect(phone, card)) {
    return fail(name, wecom.nonRecipientMessage, { errCode: wecom.nonRecipientErrCode })
  }
  const plain = JSON.stringify({
    chatId: world.chats.publicId(card.chat),
    state: card.state ?? '',
    curReceiver: admission.userid,
  })
  const { key } = world.sessions.forProof('wecom', phone, admission.session)
  return ok(name, { ...sealOpenData(key, world.bytes(16), plain) })
}
