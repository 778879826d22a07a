import { createHash } from 'node:crypto'
import { z } from 'zod'
import { WorldProblem } from '../../world/problem.js'
import type { WecomApp } from '../../world/records.js'
import { tokenApp, type World } from '../../world/world.js'
import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'
import { wecomError } from './errors.js'

/** Q33: 4 hours at most. */
const MAX_INTERVAL_S = 14_400
const MAX_CONTENT_BYTES = 2048
const MAX_RECEIVERS = 1000

const Message = z.looseObject({
  touser: z.string().optional(),
  toparty: z.string().optional(),
  totag: z.string().optional(),
  msgtype: z.string(),
  agentid: z.int().optional(),
  text: z.looseObject({ content: z.string() }).optional(),
  textcard: z
    .looseObject({ title: z.string(), description: z.string(), url: z.string() })
    .optional(),
  miniprogram_notice: z
    .looseObject({
      appid: z.string(),
      page: z.string().max(1024).optional(),
      title: z.string(),
      description: z.string().optional(),
      content_item: z
        .array(z.looseObject({ key: z.string(), value: z.string() }))
        .max(10)
        .default([]),
    })
    .optional(),
  enable_duplicate_check: z.union([z.literal(0), z.literal(1)]).default(0),
  duplicate_check_interval: z.int().min(0).default(1800),
})

/** Q33: a message of the app whose token this is, to members. Texts and cards to people by name; the rest answers 501. */
export const sendAppMessage: ServerOperation = (world, { query, body }) => {
  const app = mustBeToken(world, query)
  const message = read(body)
  // Q33: a mini-program notice names no agentid. UNCONFIRMED: which number another app's agentid gets.
  const isNotice = message.msgtype === 'miniprogram_notice'
  if (message.agentid === undefined ? !isNotice : message.agentid !== app.agentid)
    throw wecomError(message.agentid === undefined ? 40035 : 301002)
  const content = contentOf(app, message)
  const { people, invalid } = receivers(world, app, message)
  if (people.length === 0) throw wecomError(81013)
  const seconds = Math.min(message.duplicate_check_interval, MAX_INTERVAL_S)
  const msgid = world.appMessages.send({
    app: tokenApp(app),
    to: people,
    ...content,
    digest: createHash('sha256').update(JSON.stringify(message)).digest('base64url'),
    duplicateMs: message.enable_duplicate_check === 1 ? seconds * 1000 : null,
  })
  return {
    errcode: 0,
    errmsg: 'ok',
    ...(invalid.length > 0 && { invaliduser: invalid.join('|') }),
    msgid,
  }
}

/** Q33: lengths in characters. UNCONFIRMED: the numbers, and whether longer texts are refused or cut. */
const within = (text: string, min: number, max: number): void => {
  const { length } = Array.from(text)
  if (length < min || length > max) throw wecomError(40035)
}

const contentOf = (app: WecomApp, message: z.output<typeof Message>) => {
  const { msgtype, text, textcard, miniprogram_notice: notice } = message
  if (msgtype === 'text') {
    if (!text?.content) throw wecomError(44004)
    return { text: clipped(text.content) }
  }
  if (msgtype === 'textcard') {
    if (!textcard?.title || !textcard.description || !textcard.url) throw wecomError(44004)
    within(textcard.title, 1, 128)
    within(textcard.description, 1, 512)
    if (!/^https?:\/\//.test(textcard.url) || textcard.url.length > 2048) throw wecomError(40035)
    const { title, description, url } = textcard
    return { text: '', card: { ...cardOf(title, description), card_action: { type: 1, url } } }
  }
  if (msgtype !== 'miniprogram_notice') throw notDone(`msgtype ${msgtype}`)
  if (!notice) throw wecomError(44004)
  // Q33: only the mini-program that is linked to the app.
  if (notice.appid !== app.miniProgram) throw wecomError(90206)
  within(notice.title, 4, 12)
  if (notice.description !== undefined) within(notice.description, 4, 12)
  for (const { key, value } of notice.content_item) {
    within(key, 0, 10)
    within(value, 0, 30)
  }
  const { appid, page, title, description = '', content_item } = notice
  return {
    text: '',
    card: {
      ...cardOf(title, description),
      horizontal_content_list: content_item.map(({ key, value }) => ({ keyname: key, value })),
      ...(page !== undefined && { card_action: { type: 2, appid, pagepath: page } }),
    },
  }
}

const cardOf = (title: string, text: string) => ({
  card_type: 'text_notice',
  main_title: { title },
  ...(text !== '' && { sub_title_text: text }),
})

/** UNCONFIRMED: the numbers for a body that is not as documented. */
const read = (body: string): z.output<typeof Message> => {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw wecomError(47001)
  }
  const message = Message.safeParse(value)
  if (!message.success) throw wecomError(40035)
  return message.data
}

/** Userids are compared, and answered, in small letters. */
const receivers = (
  world: World,
  app: WecomApp,
  { touser = '', toparty, totag }: z.output<typeof Message>,
): { people: string[]; invalid: string[] } => {
  if (toparty || totag) throw notDone('toparty and totag')
  if (touser === '@all') throw notDone('touser @all')
  const names = [...new Set(touser.toLowerCase().split('|').filter(Boolean))]
  if (names.length > MAX_RECEIVERS) throw wecomError(40035)
  const members = new Map(world.people.list().map((one) => [one.wecomUserid?.toLowerCase(), one]))
  const people: string[] = []
  const invalid: string[] = []
  for (const name of names) {
    const person = members.get(name)
    if (person && world.people.inVisibleRange(person, app)) people.push(person.id)
    else invalid.push(name)
  }
  return { people, invalid }
}

/** Q33: longer texts are cut off. SIM: at a whole character. */
const clipped = (content: string): string =>
  Buffer.byteLength(content) <= MAX_CONTENT_BYTES
    ? content
    : Buffer.from(content)
        .subarray(0, MAX_CONTENT_BYTES)
        .toString()
        .replace(/\uFFFD+$/, '')

const notDone = (what: string): WorldProblem =>
  new WorldProblem(
    'not_simulated',
    `/cgi-bin/message/send takes ${what} on the platform, but this simulator does not. Closest: msgtype text, textcard or miniprogram_notice, touser`,
  )
