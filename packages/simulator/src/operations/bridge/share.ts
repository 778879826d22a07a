import type { World } from '../../world/world.js'
import { admitted, fail, isAnswer, ok } from './answers.js'
import type { BridgeInput, BridgeOperation, NativeAnswer, WebShare } from './types.js'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const isUrl = (value: string, scheme: RegExp): boolean => URL.canParse(value) && scheme.test(value)

/** Q2: a page that declared itself private, at the address where it did. @param address without its fragment */
export const isPrivate = (
  { settings }: World,
  { attribute }: BridgeInput['view'],
  address: string,
): boolean => {
  if (!attribute?.withShareTicket) return false
  return settings.wecom.h5AttrSurvivesPushState || attribute.address === address
}

/** @param content of the page; `imgUrl` may be empty. */
const readShare = (
  world: World,
  { real, view, address }: BridgeInput,
  content: Record<string, unknown>,
): WebShare | string => {
  const link = text(content['link'])
  if (!isUrl(link, /^https?:/)) return 'invalid link'
  const imageUrl = text(content['imgUrl'])
  if (imageUrl !== '' && !isUrl(imageUrl, /^https?:/)) return 'invalid imgUrl'
  const share: WebShare = {
    title: text(content['title']),
    desc: text(content['desc']),
    link: real(link),
    imageUrl: imageUrl === '' ? null : real(imageUrl),
    private: isPrivate(world, view, address),
  }
  return share
}

/** Q35: the page's own button. All four fields are required; the person picks a chat. */
export const shareAppMessage: BridgeOperation = (world, input) => {
  const api = 'shareAppMessage'
  const admission = admitted(input, api, 'any')
  if (isAnswer(admission)) return admission
  const { title, desc, link, imgUrl } = input.args
  if ([title, desc, link, imgUrl].some((field) => typeof field !== 'string')) {
    return fail(api, 'invalid parameter')
  }
  const share = readShare(world, input, input.args)
  return typeof share === 'string' ? fail(api, share) : { ask: share }
}

/** What the SDK calls when the menu's "forward" was tapped. */
export const sendAppMessage: BridgeOperation = (world, input) => {
  const api = 'sendAppMessage'
  const admission = admitted(input, api, 'any')
  if (isAnswer(admission)) return admission
  const { img_url: imgUrl, ...content } = input.args
  const fields = { ...content, imgUrl }
  const share = readShare(world, input, fields)
  return typeof share === 'string' ? fail(api, share) : { ask: share }
}

/** Q11: to the chat whose attachment bar opened the page, without a question. SIM: only links (`news`). */
export const sendChatMessage: BridgeOperation = (world, input) => {
  const api = 'sendChatMessage'
  const admission = admitted(input, api, 'agent')
  if (isAnswer(admission)) return admission
  const { view, phone, args } = input
  // Q11: not from the attachment bar of a Mac.
  if (view.chat === null || phone.platform === 'mac') {
    return fail(api, 'without context of external contact')
  }
  const news = args['news']
  if (args['msgtype'] !== 'news' || typeof news !== 'object' || news === null) {
    return fail(api, 'invalid msgtype')
  }
  const share = readShare(world, input, news as Record<string, unknown>)
  return typeof share === 'string' ? fail(api, share) : { ask: share, chat: view.chat }
}

const menuList = (args: Record<string, unknown>): string[] | null => {
  const list = args['menuList']
  return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : null
}

/** Q36. */
export const hideMenuItems: BridgeOperation = (world, input) =>
  changeItems(
    input,
    'hideMenuItems',
    (hidden, items) => [...new Set([...hidden, ...items])],
    () => {
      world.changed()
    },
  )

export const showMenuItems: BridgeOperation = (world, input) =>
  changeItems(
    input,
    'showMenuItems',
    (hidden, items) => hidden.filter((item) => !items.includes(item)),
    () => {
      world.changed()
    },
  )

const changeItems = (
  input: BridgeInput,
  api: string,
  change: (hidden: string[], items: string[]) => string[],
  changed: () => void,
): NativeAnswer => {
  const admission = admitted(input, api, 'any')
  if (isAnswer(admission)) return admission
  const items = menuList(input.args)
  if (!items) return fail(api, 'invalid menuList')
  input.view.hiddenItems = change(input.view.hiddenItems, items)
  changed()
  return ok(api)
}

const setMenu =
  (api: string, hidden: boolean): BridgeOperation =>
  (world, input) => {
    const admission = admitted(input, api, 'any')
    if (isAnswer(admission)) return admission
    input.view.hiddenMenu = hidden
    world.changed()
    return ok(api)
  }
export const hideOptionMenu = setMenu('hideOptionMenu', true)
export const showOptionMenu = setMenu('showOptionMenu', false)

/** Q37: the bar's own "send". Its texts are documented. */
export const hideChatAttachmentMenu: BridgeOperation = (world, input) => {
  const api = 'hideChatAttachmentMenu'
  const admission = admitted(input, api, 'agent')
  if (isAnswer(admission)) return admission
  if (input.view.chat === null) return { err_msg: `${api}:without context of chat_attachment` }
  if (menuList(input.args)?.join() !== 'sendMessage') return { err_msg: `${api}:invalid menuList` }
  input.view.hiddenItems = [...new Set([...input.view.hiddenItems, 'sendMessage'])]
  world.changed()
  return ok(api)
}
