import { sealOpenData } from '../../crypto/open-data.js'
import { MAGIC } from '../../world/magic.js'
import { versionBefore } from '../../world/versions.js'
import type { ClientOperation } from '../types.js'
import { fail, notSupported, ok } from './answers.js'

const API = 'authPrivateMessage'

/** W1, W17. C1: the proof is the bare activityId. W11: sealed under the session_key that is valid at the platform now. */
export const authPrivateMessage: ClientOperation = (world, { phone, args }) => {
  // Q5: not in WeCom. W23: since base library 2.13.0.
  if (phone.client === 'wecom' || versionBefore(phone.sdkVersion, '2.13.0'))
    return notSupported(API)
  const ticket = world.recipients.ticket(phone, args['shareTicket'])
  if (typeof ticket === 'string') return fail(API, 'invalid shareTicket')
  // W1: requires a prior wx.login. SIM: the text.
  const session = world.sessions.get('wechat', phone.miniProgram, phone.person)
  if (!session || phone.lastKey.wechat === null) return fail(API, 'not login or session expired')
  const card = world.chats.card(ticket.card)
  const settings = world.settings.wechat
  if (card.activityId === null || !world.recipients.isDirect(phone, card)) {
    if (settings.nonRecipient === 'fail') return fail(API, 'no permission')
    const noise = settings.nonRecipient === 'valid-false-with-noise'
    return ok(API, {
      valid: false,
      // Never the activityId: whatever a client sends on, it proves nothing.
      ...(noise
        ? {
            encryptedData: world.bytes(96).toString('base64'),
            iv: world.bytes(16).toString('base64'),
          }
        : {}),
    })
  }
  const bound = world.activities.get(card.activityId)
  const sharedByItsSharer =
    bound?.sharer === card.from ||
    (bound?.sharer === null && settings.activityWithoutSharer === 'anybody')
  // C3: 120 days from creation. W3: an activity of another sharer (sent anyway, wechat.badActivity) gives no one a proof.
  const inWindow = world.activities.inVerifyWindow(card.activityId) && card.chat !== MAGIC.agedChat
  const inShareWindow = world.activities.sharedInTime(card.activityId, card.sentAt)
  if (!inWindow && settings.afterVerifyWindow === 'fail') return fail(API, 'activity expired')
  if (!inWindow || !sharedByItsSharer || !inShareWindow) return ok(API, { valid: false })
  const { key } = world.sessions.forProof('wechat', phone, session)
  return ok(API, { valid: true, ...sealOpenData(key, world.bytes(16), card.activityId) })
}
