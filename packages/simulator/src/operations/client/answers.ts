import type { WxAnswer } from '../../contract.js'
import type { PhoneRecord, SessionRecord, WecomApp } from '../../world/records.js'
import { versionBefore, WECOM_PRIVATE_SINCE } from '../../world/versions.js'
import type { World } from '../../world/world.js'

/** W12, W24: `<api>:ok`, `<api>:fail <reason>`. */
export const ok = (api: string, res: Record<string, unknown> = {}): WxAnswer => ({
  ok: true,
  res: { ...res, errMsg: `${api}:ok` },
})

export const fail = (
  api: string,
  reason: string,
  codes: { errno?: number; errCode?: number } = {},
): WxAnswer => ({ ok: false, res: { errMsg: `${api}:fail ${reason}`, ...codes } })

/** W24: errno 100, jsapi not supported. SIM: the text; what each client says is not documented. */
export const notSupported = (api: string): WxAnswer =>
  fail(api, 'jsapi not supported', { errno: 100 })

/** C19: native names carry `qy__` in devtools; whether on devices is UNCONFIRMED (setting wecom.errMsgPrefix). */
export const qyName = (world: World, api: string): string =>
  `${world.settings.wecom.errMsgPrefix}${api}`

export const isDesktop = ({ platform }: PhoneRecord): boolean =>
  platform === 'windows' || platform === 'mac'

/** Q1, Q10: which clients have an API at all. Null: this one does. */
export const missingInWecom = (
  world: World,
  phone: PhoneRecord,
  api: string,
  since: string = WECOM_PRIVATE_SINCE,
): WxAnswer | null => {
  const name = qyName(world, api)
  // Q7: wx.qy.* exists only in WeCom.
  if (phone.client !== 'wecom') return notSupported(name)
  // Q16: `function not exist` when the client is too old.
  if (versionBefore(phone.version, since)) return fail(name, 'function not exist')
  const desktop = isDesktop(phone) && !world.settings.wecom.desktopPrivateMessages
  if (desktop && since === WECOM_PRIVATE_SINCE) return notSupported(name)
  return null
}

export type Admitted = { session: SessionRecord; app: WecomApp; userid: string }

/** Q1, preconditions of the private-message APIs: a live login on this phone, a member inside the visible range. */
export const admitted = (world: World, phone: PhoneRecord, api: string): Admitted | WxAnswer => {
  const name = qyName(world, api)
  const person = world.people.get(phone.person)
  const app = world.linkedTo(phone.miniProgram)
  if (!app) return fail(name, 'miniprogram not linked', { errCode: 90206 })
  const session = world.sessions.get('wecom', phone.miniProgram, phone.person)
  // Q15: 42013, mini-program not logged in or session expired.
  if (!session || phone.lastKey.wecom === null) {
    return fail(name, 'miniprogram not login or session expired', { errCode: 42013 })
  }
  if (person.wecomUserid === null || !world.people.inVisibleRange(person, app)) {
    return fail(name, 'user not in the visible range of the app', { errCode: 50002 })
  }
  return { session, app, userid: person.wecomUserid }
}
