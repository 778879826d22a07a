import { sealOpenData } from '../../crypto/open-data.js'
import type { ClientOperation } from '../types.js'
import { fail, notSupported, ok } from './answers.js'

const API = 'getShareInfo'

/** W16: group cards only. Q5: not in WeCom. C17: the two failures. */
export const wechatGetShareInfo: ClientOperation = (world, { phone, args }) => {
  if (phone.client === 'wecom') return notSupported(API)
  const ticket = world.recipients.ticket(phone, args['shareTicket'])
  if (typeof ticket === 'string') return fail(API, 'invalid shareTicket')
  const chat = world.chats.get(world.chats.card(ticket.card).chat)
  if (chat.kind === 'single') return fail(API, 'single chat is not supported')
  const session = world.sessions.get('wechat', phone.miniProgram, phone.person)
  if (!session) return fail(API, 'not login or session expired')
  const plain = JSON.stringify({
    openGId: `tFAKE-${phone.miniProgram}-${chat.id}`,
    watermark: { timestamp: Math.floor(world.now() / 1000), appid: phone.miniProgram },
  })
  return ok(API, { ...sealOpenData(session.key, world.bytes(16), plain) })
}
