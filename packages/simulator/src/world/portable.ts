import { z } from 'zod'
import { Settings } from './settings.js'
import type { WorldState } from './records.js'

const table = <T extends z.ZodType>(row: T) => z.record(z.string().regex(/^[\w-]{1,64}$/), row)
const Client = z.enum(['wechat', 'wecom'])

/**
 * A world as a file that may go to somebody else: people, phones, chats, cards, settings and time. No secret of an app or a
 * bot, no session, code, token or ticket. Services and logins are those of the machine that takes it.
 */
export const PortableWorld = z.strictObject({
  format: z.literal('sealcard-world-1'),
  clock: z.strictObject({ offset: z.int(), frozenAt: z.int().min(0).nullable() }),
  settings: Settings,
  people: table(
    z.strictObject({
      id: z.string(),
      name: z.string().min(1).max(60),
      wechat: z.boolean(),
      wecomUserid: z.string().nullable(),
    }),
  ),
  phones: table(
    z.looseObject({
      id: z.string(),
      person: z.string(),
      client: Client,
      platform: z.enum(['ios', 'android', 'windows', 'mac', 'devtools']),
      version: z.string(),
      sdkVersion: z.string(),
      language: z.enum(['zh_CN', 'en']),
      miniProgram: z.string(),
    }),
  ),
  chats: table(
    z.looseObject({
      id: z.string(),
      client: Client,
      kind: z.enum(['single', 'group']),
      name: z.string(),
      members: z.array(z.string()),
      interop: z.boolean(),
      leftAt: z.record(z.string(), z.number()),
    }),
  ),
  cards: table(
    z.looseObject({
      id: z.string(),
      client: Client,
      miniProgram: z.string(),
      chat: z.string(),
      from: z.string(),
      sentAt: z.number(),
      title: z.string(),
      path: z.string(),
      imageUrl: z.string().nullable(),
      private: z.boolean(),
      ticketed: z.boolean(),
      activityId: z.string().nullable(),
      state: z.string().nullable(),
      forwardedFrom: z.string().nullable(),
    }),
  ),
  activities: z.record(
    z.string(),
    z.looseObject({ appid: z.string(), sharer: z.string().nullable(), createdAt: z.number() }),
  ),
  identities: z.record(z.string(), z.strictObject({ openid: z.string(), unionid: z.string() })),
  lastId: z.int().min(0),
})
export type PortableWorld = z.infer<typeof PortableWorld>

/** A phone on which nothing runs and nobody logged in. */
const idle = {
  running: false,
  life: 0,
  enter: null,
  contextTicket: null,
  lastKey: { wechat: null, wecom: null },
  share: { withShareTicket: false, isPrivateMessage: false, activityId: null },
  pages: {},
  hiddenMenus: [],
}

const idlePhones = (phones: PortableWorld['phones']): WorldState['phones'] =>
  Object.fromEntries(
    Object.entries(phones).map(([key, phone]) => {
      const { id, person, client, platform, version, sdkVersion, language, miniProgram } = phone
      const kept = { id, person, client, platform, version, sdkVersion, language, miniProgram }
      return [key, { ...kept, ...structuredClone(idle) }]
    }),
  )

export const toPortable = (state: WorldState): PortableWorld =>
  PortableWorld.parse({
    format: 'sealcard-world-1',
    clock: state.clock,
    settings: state.settings,
    people: state.people,
    phones: Object.fromEntries(
      Object.entries(state.phones).map(([id, { web: _, ...phone }]) => [id, { ...phone, ...idle }]),
    ),
    chats: state.chats,
    cards: state.cards,
    activities: state.activities,
    identities: state.identities,
    lastId: state.lastId,
  })

/** What a row names and the file does not have: `phones.x.person`. */
export const danglingIn = ({ people, phones, chats, cards }: PortableWorld): string[] => [
  ...Object.entries(phones).flatMap(([id, { person }]) =>
    people[person] ? [] : [`phones.${id}.person`],
  ),
  ...Object.entries(chats).flatMap(([id, { members }]) =>
    members.every((member) => people[member]) ? [] : [`chats.${id}.members`],
  ),
  ...Object.entries(cards).flatMap(([id, { chat }]) => (chats[chat] ? [] : [`cards.${id}.chat`])),
]

/** The file's people and chats, with the apps, bots and tokens of this machine. */
export const fromPortable = (
  { format: _, phones, ...world }: PortableWorld,
  here: WorldState,
  empty: WorldState,
): WorldState => ({
  ...empty,
  ...structuredClone(world),
  phones: idlePhones(phones),
  apps: here.apps,
  bots: here.bots,
  tokens: here.tokens,
  forced: here.forced,
  lastId: Math.max(world.lastId, here.lastId),
})
