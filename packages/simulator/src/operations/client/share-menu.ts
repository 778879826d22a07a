import type { WxAnswer } from '../../contract.js'
import type { World } from '../../world/world.js'
import type { ClientInput, ClientOperation } from '../types.js'
import { fail, notSupported, ok } from './answers.js'

/**
 * W14. C10: the attributes belong to the running app and persist across its pages.
 * SIM: a call sets what it names; withShareTicket falls back to its documented default, false.
 */
export const updateShareMenu: ClientOperation = (world, { phone, args }) => {
  const api = 'updateShareMenu'
  // Q5: WeCom ignores it, and does not have it on Windows.
  if (phone.client === 'wecom') return phone.platform === 'windows' ? notSupported(api) : ok(api)
  const wrong = wrongType(args)
  if (wrong) return fail(api, wrong)
  const activityId = (args['activityId'] as string | undefined) ?? phone.share.activityId
  const isPrivate =
    (args['isPrivateMessage'] as boolean | undefined) ?? phone.share.isPrivateMessage
  if (args['isPrivateMessage'] === true) {
    if (!activityId) return fail(api, 'parameter error: activityId is required')
    const shareable = world.activities.mayShare(activityId, phone.miniProgram, phone.person)
    // W3: another user's activityId cannot be shared with; how that shows is UNCONFIRMED (setting wechat.badActivity).
    if (!shareable && world.settings.wechat.badActivity === 'refuse') {
      return fail(api, 'invalid activityId')
    }
  }
  // W14: on iOS `isUpdatableMessage: false` cancels withShareTicket.
  const cancelled = phone.platform === 'ios' && args['isUpdatableMessage'] === false
  phone.share = {
    withShareTicket: args['withShareTicket'] === true && !cancelled,
    isPrivateMessage: isPrivate,
    activityId: activityId ?? null,
  }
  world.changed()
  return ok(api)
}

const wrongType = (args: Record<string, unknown>): string | null => {
  for (const name of ['withShareTicket', 'isPrivateMessage', 'isUpdatableMessage']) {
    const value = args[name]
    if (value !== undefined && typeof value !== 'boolean') {
      return `parameter error: parameter.${name} should be Boolean`
    }
  }
  const id = args['activityId']
  return id === undefined || typeof id === 'string'
    ? null
    : 'parameter error: parameter.activityId should be String'
}

/** W15: has no isPrivateMessage. Q5: WeCom ignores withShareTicket. */
export const showShareMenu: ClientOperation = (world, { phone, page, args }) => {
  const api = 'showShareMenu'
  if (phone.client === 'wecom' && phone.platform === 'windows') return notSupported(api)
  setHidden(world, { phone, page, args }, false)
  if (phone.client === 'wechat' && typeof args['withShareTicket'] === 'boolean') {
    phone.share = { ...phone.share, withShareTicket: args['withShareTicket'] }
  }
  return ok(api)
}

/** W15, Q5: not in WeCom on Windows. */
export const hideShareMenu: ClientOperation = (world, input): WxAnswer => {
  const { phone } = input
  if (phone.client === 'wecom' && phone.platform === 'windows') {
    return notSupported('hideShareMenu')
  }
  setHidden(world, input, true)
  return ok('hideShareMenu')
}

const setHidden = (world: World, { phone, page, args }: ClientInput, hidden: boolean): void => {
  const menus = args['menus']
  if (Array.isArray(menus) && !menus.includes('shareAppMessage')) return
  phone.hiddenMenus = phone.hiddenMenus.filter((other) => other !== page)
  if (hidden) phone.hiddenMenus.push(page)
  world.changed()
}
