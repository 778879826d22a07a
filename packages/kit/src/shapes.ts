import type {
  AccessRequest,
  AccessRequestPage,
  Card,
  CardPage,
  CardSummary,
  DoctorRun,
  Me,
  MemberPolicy,
  MyNotices,
  Opening,
  OpeningCounts,
  NotOpened,
  OpeningStatus,
  OwnCard,
  Peeked,
  PersonCopy,
  RefusedOpening,
  RefusedOpeningPage,
  Session,
  Share,
  Viewer,
  ViewerOpenings,
  ViewerOpeningsPage,
} from '@sealcard/protocol'
import type { KnownSession } from './sessions.js'
import type { WebSignatures } from './ww-types.js'

/** Whether an answer has the form that this client reads; more fields than that are fine. */
export type Shape<T> = (value: unknown) => value is T

type Test = (value: unknown) => boolean

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names the fields that this client reads. */
const shape =
  <T>(fields: { [Name in keyof T]?: Test }): Shape<T> =>
  (value): value is T =>
    isRecord(value) &&
    (Object.entries(fields) as [string, Test][]).every(([name, test]) => test(value[name]))

const text: Test = (value) => typeof value === 'string'
const name: Test = (value) => typeof value === 'string' && value !== ''
const time: Test = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))
const number: Test = (value) => typeof value === 'number'
const flag: Test = (value) => typeof value === 'boolean'
const record: Test = isRecord
const maybe =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value)
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value)
const list =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test)

export const isSession = shape<Session>({
  token: name,
  expiresAt: time,
  viewer: shape<Session['viewer']>({ id: name }),
})

/** `GET /v1/sessions/current`. */
export const isKnownSession = shape<KnownSession>({
  expiresAt: time,
  viewer: shape<Session['viewer']>({ id: name }),
})

/** `GET /v1/h5/doctor/<run>`. */
export const isDoctorRun = shape<DoctorRun>({ state: name })

/** `POST /v1/h5/signatures`. */
export const isWebSignatures = shape<WebSignatures>({
  corpId: name,
  agentId: (value) => number(value) || name(value),
  timestamp: (value) => number(value) || name(value),
  nonceStr: name,
  signature: name,
  configSignature: name,
})

const isCounts = shape<OpeningCounts>({
  viewers: number,
  total: number,
  refused: number,
  firstAt: orNull(time),
  lastAt: orNull(time),
})

export const isCard = shape<Card>({
  id: name,
  title: text,
  body: text,
  policy: record,
  status: name,
  createdAt: time,
  revokedAt: maybe(time),
  openings: maybe(isCounts),
})

const isViewer = shape<Viewer>({ id: name, name: maybe(text), code: name })

export const isCardPage = shape<CardPage>({
  items: list(
    shape<CardSummary>({
      id: name,
      title: text,
      status: name,
      createdAt: time,
      revokedAt: maybe(time),
      openings: maybe(isCounts),
      openedAt: maybe(time),
      expiresAt: maybe(time),
      sender: maybe(isViewer),
      opensLeft: maybe(number),
      acknowledgedAt: maybe(time),
    }),
  ),
  nextCursor: orNull(name),
})

export const isShare = shape<Share>({
  id: name,
  path: name,
  title: text,
  declare: (value) =>
    isRecord(value) &&
    ((value['platform'] === 'wechat' && name(value['activityId'])) ||
      (value['platform'] === 'wecom' && name(value['state']))),
  createdAt: time,
  shareUntil: time,
  verifyUntil: time,
})

export const isMe = shape<Me>({
  id: name,
  app: name,
  platform: name,
  name: maybe(text),
  nameFrom: name,
  code: name,
})

/** A reader, and by which share they came. */
export type Reader = ViewerOpenings

export const isReaderPage = shape<ViewerOpeningsPage>({
  items: list(
    shape<Reader>({
      viewer: isViewer,
      firstAt: time,
      lastAt: time,
      count: number,
      acknowledgedAt: maybe(time),
      share: maybe(shape<Reader['share'] & object>({ id: name, label: maybe(text) })),
    }),
  ),
  nextCursor: orNull(name),
})

/** A body that says nothing, whatever it holds. */
export const isAnything = shape<object>({})

/** `GET /v1/me/export`. */
export const isPersonCopy = shape<PersonCopy>({
  format: name,
  exportedAt: time,
  tables: (value) =>
    isRecord(value) &&
    Object.values(value).every(
      (table) => isRecord(table) && isRecord(table['columns']) && list(record)(table['rows']),
    ),
})

/** `GET` and `PUT /v1/me/notices`. */
export const isMyNotices = shape<MyNotices>({
  kinds: (value) => isRecord(value) && Object.values(value).every(flag),
  templates: (value) => isRecord(value) && Object.values(value).every(name),
})

export const isAccessRequestPage = shape<AccessRequestPage>({
  items: list(shape<AccessRequest>({ id: name, viewer: isViewer, note: text, at: time })),
  nextCursor: orNull(name),
})

export const isRefusedPage = shape<RefusedOpeningPage>({
  items: list(shape<RefusedOpening>({ viewer: isViewer, at: time, reason: name })),
  nextCursor: orNull(name),
})

export const isMemberPolicy = shape<MemberPolicy>({
  mayMakeCards: flag,
  watermark: flag,
  noCopy: maybe(flag),
  maxLifeDays: maybe(number),
  maxViewers: maybe(number),
  maxOpensPerViewer: maybe(number),
})

const isPeeked = shape<Peeked>({
  peek: shape<Peeked['peek']>({
    title: text,
    sender: isViewer,
    expiresAt: time,
    opensLeft: maybe(number),
    requireAcknowledgement: flag,
    watermark: flag,
    guardCapture: flag,
  }),
})

const isGranted = shape<Opening>({
  id: name,
  openedAt: time,
  card: shape<Opening['card']>({ id: name, title: text, body: text, policy: record }),
  sender: isViewer,
  watermark: maybe(text),
  expiresAt: maybe(time),
  opensLeft: maybe(number),
})

const isOwn = shape<OwnCard>({ owner: shape<OwnCard['owner']>({ cardId: name }) })

/** A granted opening, or the owner's own card. */
export const isOpening: Shape<Opening | OwnCard> = (value): value is Opening | OwnCard =>
  isGranted(value) || isOwn(value)

/** What an opening would show, or the owner's own card. */
export const isPeek: Shape<NotOpened> = (value): value is NotOpened =>
  isPeeked(value) || isOwn(value)

export const isOpeningStatus = shape<OpeningStatus>({ id: name, openedAt: time, status: name })
