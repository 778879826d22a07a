import { z } from 'zod'
import { PersonCopy } from '../person.js'
import { page, text, utc } from '../text.js'
import { Viewer } from '../viewers.js'
import { appName, listPage } from './list.js'
import { AdminOpening } from './openings.js'
import { ActReason } from './reason.js'

const LOCAL_MINUTE = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$/

/** Why an administrator reads a person's data. The audit records it. */
export const Because = z.strictObject({ reason: ActReason.optional() })
export type Because = z.infer<typeof Because>

/** `GET /v1/admin/viewers`, newest first */
export const ListViewers = z.strictObject({
  app: appName.optional(),
  /**
   * A part of a name (at least 2 characters), a whole code, our whole id, or a whole openid or userid. Only administrators who may read
   * openids and userids find people by them.
   */
  q: text(1, 64).optional(),
  ...listPage,
})
export type ListViewers = z.infer<typeof ListViewers>

/** A person in a list. */
export const ListedViewer = Viewer.extend({
  app: z.string(),
  createdAt: utc,
  /** To the minute. */
  seenAt: utc,
  /** Absent: the person may log in. */
  blockedAt: utc.optional(),
})
export type ListedViewer = z.infer<typeof ListedViewer>

export const ListedViewerPage = page(ListedViewer)
export type ListedViewerPage = z.infer<typeof ListedViewerPage>

/** `POST /v1/admin/viewers/:id/block` and `/unblock` */
export const BlockedViewer = ListedViewer.extend({
  /** How many sessions ended with it. */
  ended: z.int(),
})
export type BlockedViewer = z.infer<typeof BlockedViewer>

/** `GET /v1/admin/watermarks`: whose code a photographed screen shows. */
export const ReadWatermark = z.strictObject({
  app: appName,
  /** As it was read: any case, blanks and hyphens do not count, O is 0, I and L are 1. */
  code: text(6, 16),
  /** RFC 3339 in UTC; or as the watermark shows it, `2026-01-31 16:00`, in the app's time zone. */
  at: z
    .union([utc, z.string().regex(LOCAL_MINUTE)], {
      error: 'must be an RFC 3339 time in UTC, or as the watermark shows it: 2026-01-31 16:00',
    })
    .optional(),
})
export type ReadWatermark = z.infer<typeof ReadWatermark>

export const Watermark = z.object({
  viewer: ListedViewer,
  /** What the person opened within a minute of that minute; without a time the latest twenty. Newest first. */
  openings: z.array(AdminOpening),
})
export type Watermark = z.infer<typeof Watermark>

/** `POST /v1/admin/viewers/:id/offboard`. Sessions end whatever is chosen. */
export const Offboard = z.strictObject({
  reason: ActReason,
  /** Only counts what would happen. */
  dryRun: z.boolean().optional(),
  revokeCards: z.boolean().optional(),
  block: z.boolean().optional(),
  /** It cannot be undone, and revokes the cards, too. Only for those who may erase. */
  erase: z.boolean().optional(),
})
export type Offboard = z.infer<typeof Offboard>

/** What happened, or would. */
export const Offboarded = z.object({
  dryRun: z.boolean(),
  /** Sessions that end. */
  sessions: z.int(),
  /** Cards that are revoked. */
  cards: z.int(),
  /** Cards of others that the person has opened. They stay in their owners' rosters. */
  received: z.int(),
  /** Whether the person is blocked afterwards. */
  blocked: z.boolean(),
  /** Only with `erase`: rows of each table that change. */
  erased: z.record(z.string(), z.int()).optional(),
})
export type Offboarded = z.infer<typeof Offboarded>

/** `GET /v1/admin/viewers/:id`: the only answer with a person's openid or userid. */
export const AdminViewer = Viewer.extend({
  app: z.string(),
  platform: z.enum(['wechat', 'wecom']).nullable(),
  /** The openid or userid. */
  platformId: z.string(),
  /** Which fields say who the person is: show them only where they are needed, and do not keep them. */
  personal: z.array(z.enum(['platformId', 'name'])),
  createdAt: utc,
  seenAt: utc,
  /** Absent: the person may log in. */
  blockedAt: utc.optional(),
})
export type AdminViewer = z.infer<typeof AdminViewer>

/** `GET /v1/admin/viewers/:id/export`: all that is held about a person, and why. No word of a card. */
export const PersonExport = PersonCopy.extend({ personal: z.array(z.literal('tables')) })

/** `POST /v1/admin/viewers/:id/erase`: how many rows of each table changed. */
export const PersonErased = z.object({ erased: z.record(z.string(), z.int()) })
export type PersonErased = z.infer<typeof PersonErased>
