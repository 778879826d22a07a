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
  agentid: z.int(),
  text: z.looseObject({ content: z.string() }).optional(),
  enable_duplicate_check: z.union([z.literal(0), z.literal(1)]).default(0),
  duplicate_check_interval: z.int().min(0).default(1800),
})

/** Q33: a message of the app whose token this is, to members. Texts to people by name; the rest answers 501. */
export const sendAppMessage: ServerOperation = (world, { query, body }) => {
  const app = mustBeToken(world, query)
  const message = read(body)
  // UNCONFIRMED: which number another app's agentid gets.
  if (message.agentid !== app.agentid) throw wecomError(301002)
  const { content } = message.text ?? {}
  if (message.msgtype !== 'text') throw notDone(`msgtype ${message.msgtype}`)
  if (!content) throw wecomError(44004)
  const { people, invalid } = receivers(world, app, message)
  if (people.length === 0) throw wecomError(81013)
  const seconds = Math.min(message.duplicate_check_interval, MAX_INTERVAL_S)
  const msgid = world.appMessages.send({
    app: tokenApp(app),
    to: people,
    text: clipped(content),
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
    `/cgi-bin/message/send takes ${what} on the platform, but this simulator does not. Closest: msgtype text, touser`,
  )
