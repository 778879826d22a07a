import { z } from 'zod'
import type { World } from '../../world/world.js'
import { PlatformError } from '../platform-error.js'
import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'
import { wechatError, withRid } from './errors.js'

const Message = z.looseObject({
  touser: z.string(),
  template_id: z.string(),
  page: z.string().optional(),
  data: z.record(z.string(), z.looseObject({ value: z.union([z.string(), z.number()]) })),
  miniprogram_state: z.enum(['developer', 'trial', 'formal']).optional(),
  lang: z.enum(['zh_CN', 'en_US', 'zh_HK', 'zh_TW']).optional(),
})

/** W29: what a value of each kind may be. */
const KINDS: Readonly<Record<string, RegExp>> = {
  thing: /^[^\p{Cc}]{1,20}$/u,
  number: /^\d[\d.]{0,31}$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[^\p{L}\p{N}\p{Cc}]{1,5}$/u,
  character_string: /^[\x21-\x7e ]{1,32}$/,
  time: /^(\d{4}([-/.]|年)\d{1,2}([-/.]|月)\d{1,2}日? ?)?(\d{1,2}:\d{2}(:\d{2})?)?$/,
  date: /^\d{4}([-/.]|年)\d{1,2}([-/.]|月)\d{1,2}日?( \d{1,2}:\d{2}(:\d{2})?)?$/,
  amount: /^[^\d\s]?\d{1,10}(\.\d+)?元?$/,
  phone_number: /^[\d+-]{1,17}$/,
  car_number: /^[\p{Script=Han}A-Za-z\d]{1,8}$/u,
  name: /^(?=.*\p{Script=Han})[^\p{N}\p{Cc}]{1,10}$|^[^\p{N}\p{Cc}\p{Script=Han}]{1,20}$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
}

/** W30: a message that the person accepted; each uses up one acceptance. */
export const sendSubscribeMessage: ServerOperation = (world, { query, body }) => {
  const appid = mustBeToken(world, query)
  const message = read(world, body)
  const person = world.people.personOf(appid, { openid: message.touser })
  if (person === undefined) throw failed(world, 40003)
  const template = world.settings.wechat.templates.find(({ id }) => id === message.template_id)
  if (!template) throw failed(world, 40037)
  for (const keyword of template.keywords) {
    const value = String(message.data[keyword]?.value ?? '')
    const kind = keyword.replace(/\d+$/, '')
    // UNCONFIRMED: the words behind "argument invalid!".
    if (value === '') throw failed(world, 47003, ` data.${keyword}.value is empty`)
    if (KINDS[kind]?.test(value) !== true)
      throw failed(world, 47003, ` data.${keyword}.value invalid`)
  }
  // W30: a page that the released version does not have. SIM: which pages it has is not looked up, only the form.
  if (message.page?.startsWith('http')) throw failed(world, 41030)
  const { subscribeSwitch, subscribeAnswers } = world.settings.wechat
  const isOff = !subscribeSwitch || subscribeAnswers[template.id] === 'ban'
  if (isOff || !world.subscriptions.take(appid, person, template.id)) throw failed(world, 43101)
  world.appMessages.notify(appid, person, {
    card_type: 'text_notice',
    main_title: { title: template.title },
    horizontal_content_list: template.keywords.map((keyword) => ({
      keyname: keyword,
      value: String(message.data[keyword]?.value),
    })),
    ...(message.page !== undefined && {
      card_action: { type: 2, appid, pagepath: message.page },
    }),
  })
  return { errcode: 0, errmsg: 'ok' }
}

const read = (world: World, body: string): z.output<typeof Message> => {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw failed(world, 47001)
  }
  const message = Message.safeParse(value)
  // UNCONFIRMED: the number for a body that is not as documented.
  if (!message.success) throw failed(world, 47003)
  return message.data
}

const failed = (world: World, errcode: number, detail = ''): PlatformError => {
  const { errmsg } = wechatError(errcode)
  return new PlatformError(errcode, withRid(world, `${errmsg}${detail}`))
}
