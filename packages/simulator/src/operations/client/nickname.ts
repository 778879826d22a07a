import { versionBefore } from '../../world/versions.js'
import type { ClientOperation } from '../types.js'
import { notSupported, ok } from './answers.js'

/** W25: from this base library on an input knows the type. Q5 does not name it for WeCom: UNCONFIRMED, a plain input. */
const NICKNAME_SINCE = '2.21.2'

/**
 * What stands behind `<input type="nickname">`; no API of `wx`. Without a text: the nickname that the keyboard offers.
 * With one: what the review says when the input loses focus.
 */
export const reviewNickname: ClientOperation = (world, { phone, args }) => {
  if (phone.client !== 'wechat' || versionBefore(phone.sdkVersion, NICKNAME_SINCE))
    return notSupported('input.nickname')
  if (args['value'] === undefined)
    return ok('input.nickname', { nickname: world.people.get(phone.person).name })
  return ok('input.nickname', { pass: world.settings.wechat.nicknameReview === 'pass' })
}
