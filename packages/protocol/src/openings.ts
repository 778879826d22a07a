import { z } from 'zod'
import { CardStatus, Policy } from './cards.js'
import { cursor, id, page, pageSize, utc } from './text.js'
import { Viewer } from './viewers.js'

/**
 * `POST /v1/shares/:shareId/openings`. The schema judges only type and size. Every other fault of a proof gets the one
 * refusal. So a client cannot distinguish bad base64 from bad padding.
 */
export const CreateOpening = z.strictObject({
  encryptedData: z.string().max(4096),
  iv: z.string().max(64),
  /** A proven recipient learns what they would open. Nothing is opened or counted, and the proof stays unused. */
  peek: z.boolean().optional(),
})
export type CreateOpening = z.infer<typeof CreateOpening>

export const Opening = z.object({
  id,
  openedAt: utc,
  card: z.object({
    id,
    title: z.string(),
    body: z.string(),
    policy: Policy,
    /** What the card stands for in the adopter’s product. */
    reference: z.string().optional(),
    /** Any JSON of the adopter’s server. Only with a reference. */
    data: z.unknown().optional(),
  }),
  /**
   * Only of a card with a reference: a compact JWS for the adopter’s server, valid for one minute from the opening. See
   * `Receipt`.
   */
  receipt: z.string().optional(),
  /** Who shared it. */
  sender: Viewer,
  /** The end of reading: the card's expiry or the share's verify window, whichever comes first. */
  expiresAt: utc,
  /** How often the reader may open it again; absent: no limit. */
  opensLeft: z.int().optional(),
  /** Text to tile over the card, only where the policy asks for it: the reader's name, if any, code and local time. */
  watermark: z.string().optional(),
})
export type Opening = z.infer<typeof Opening>

/** The answer, 200, to the card's own owner: nothing is opened, counted or used, whatever the proof holds. */
export const OwnCard = z.object({ owner: z.object({ cardId: id }) })
export type OwnCard = z.infer<typeof OwnCard>

/** The answer, 200, to a proven recipient who asked with `peek`: no words. */
export const Peeked = z.object({
  peek: z.object({
    title: z.string(),
    sender: Viewer,
    expiresAt: utc,
    /** How often the person may open it, this time included; absent: no limit. */
    opensLeft: z.int().optional(),
    requireAcknowledgement: z.boolean(),
    watermark: z.boolean(),
    guardCapture: z.boolean(),
  }),
})
export type Peeked = z.infer<typeof Peeked>

/** What an opening answers with 200 instead of 201: nothing was opened. */
export const NotOpened = z.union([OwnCard, Peeked])
export type NotOpened = z.infer<typeof NotOpened>

/** `GET /v1/openings/:openingId`: whether what was opened may still be read. To the opener; without words, not counted. */
export const OpeningStatus = z.object({ id, openedAt: utc, status: CardStatus })
export type OpeningStatus = z.infer<typeof OpeningStatus>

/** `GET /v1/cards/:cardId/openings` */
export const ListOpenings = z.strictObject({
  limit: pageSize(100, 20),
  cursor: cursor.optional(),
})
export type ListOpenings = z.infer<typeof ListOpenings>

export const ViewerOpenings = z.object({
  viewer: Viewer,
  firstAt: utc,
  lastAt: utc,
  count: z.int(),
  acknowledgedAt: utc.optional(),
  /** Through which share they first opened it. Absent: an earlier version did not keep it. */
  share: z.object({ id, label: z.string().optional() }).optional(),
})
export type ViewerOpenings = z.infer<typeof ViewerOpenings>

/** `GET /v1/cards/:cardId/refusals`: a proven recipient who could not open the card any more, and why. */
export const RefusedOpening = z.object({
  viewer: Viewer,
  at: utc,
  reason: z.enum(['verify_window_closed', 'card_revoked', 'card_expired', 'view_limit']),
  share: z.object({ id, label: z.string().optional() }).optional(),
})
export type RefusedOpening = z.infer<typeof RefusedOpening>

export const RefusedOpeningPage = page(RefusedOpening)
export type RefusedOpeningPage = z.infer<typeof RefusedOpeningPage>

export const ViewerOpeningsPage = page(ViewerOpenings)
export type ViewerOpeningsPage = z.infer<typeof ViewerOpeningsPage>
