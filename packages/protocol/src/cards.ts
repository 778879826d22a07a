import { z } from 'zod'
import { cursor, id, page, pageSize, text, utc } from './text.js'
import { Viewer } from './viewers.js'

export const Policy = z.strictObject({
  /** No opening from this moment on. */
  expiresAt: utc.optional(),
  /** How many different people may open it. */
  maxViewers: z.int().min(1).max(100_000).optional(),
  /** How many openings each person has. */
  maxOpensPerViewer: z.int().min(1).max(100_000).optional(),
  requireAcknowledgement: z.boolean().optional(),
  watermark: z.boolean().optional(),
  /** Ask the platform to hide the page from screenshots, where it can. */
  guardCapture: z.boolean().optional(),
  /** Readers may copy the words and follow links. Absent: they may not. It binds our clients; a photograph it cannot hinder. */
  allowCopy: z.boolean().optional(),
})
export type Policy = z.infer<typeof Policy>

/** `POST /v1/cards` */
export const CreateCard = z.strictObject({
  title: text(1, 64),
  body: text(0, 20_000),
  policy: Policy.optional(),
})
export type CreateCard = z.infer<typeof CreateCard>

/** What a card stands for in a product of the adopter’s, e.g. the number of an order. */
export const CardReference = text(1, 512)

const DATA_BYTES = 16_384

const isShort = (value: unknown): boolean =>
  new TextEncoder().encode(JSON.stringify(value)).length <= DATA_BYTES

/** Any JSON, for the adopter’s pages. */
export const CardData = z
  .unknown()
  .refine((value) => value === undefined || isShort(value), {
    error: `must have at most ${DATA_BYTES} bytes as JSON in UTF-8`,
  })
  .meta({ description: `At most ${DATA_BYTES} bytes as JSON in UTF-8` })

/** What becomes of a policy: what is given is set, null removes it, what is left out stays. */
export const ChangePolicy = z.strictObject({
  expiresAt: Policy.shape.expiresAt.nullable(),
  maxViewers: Policy.shape.maxViewers.nullable(),
  maxOpensPerViewer: Policy.shape.maxOpensPerViewer.nullable(),
  requireAcknowledgement: Policy.shape.requireAcknowledgement.nullable(),
  watermark: Policy.shape.watermark.nullable(),
  guardCapture: Policy.shape.guardCapture.nullable(),
  allowCopy: Policy.shape.allowCopy.nullable(),
})
export type ChangePolicy = z.infer<typeof ChangePolicy>

/**
 * `PATCH /v1/cards/:cardId`, and `PUT` with the same meaning. Words change until the first granted opening. The policy
 * changes at any time, for openings from then on.
 */
export const ChangeCard = z.strictObject({
  title: CreateCard.shape.title.optional(),
  body: CreateCard.shape.body.optional(),
  policy: ChangePolicy.optional(),
})
export type ChangeCard = z.infer<typeof ChangeCard>

export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters')

export const CardStatus = z.enum(['active', 'revoked', 'expired'])
export type CardStatus = z.infer<typeof CardStatus>

export const OpeningCounts = z.object({
  viewers: z.int(),
  total: z.int(),
  refused: z.int(),
  firstAt: utc.nullable(),
  lastAt: utc.nullable(),
})
export type OpeningCounts = z.infer<typeof OpeningCounts>

/** A share as its card's owner sees it later. It says that a person was about to send it; no platform says whether it was sent. */
export const CardShare = z.object({
  id,
  /** To whom, in the owner's words. */
  label: z.string().optional(),
  createdAt: utc,
  shareUntil: utc,
  verifyUntil: utc,
})
export type CardShare = z.infer<typeof CardShare>

export const Card = z.object({
  id,
  title: z.string(),
  body: z.string(),
  /** Only of a card that the adopter’s server made with one. */
  reference: z.string().optional(),
  /** Any JSON. Only with a reference. */
  data: z.unknown().optional(),
  policy: Policy,
  status: CardStatus,
  createdAt: utc,
  revokedAt: utc.optional(),
  openings: OpeningCounts.optional(),
  /**
   * Until when it can be read: the card's end, or the verify window of its last share, whichever comes first. Absent: it
   * is over, or it has no end and no share. With `shares`.
   */
  readableUntil: utc.optional(),
  /** The newest hundred, newest first. With `openings`, when the owner reads or changes the card. */
  shares: z.array(CardShare).optional(),
})
export type Card = z.infer<typeof Card>

/** `GET /v1/cards` */
export const ListCards = z.strictObject({
  box: z.enum(['sent', 'received']).default('sent'),
  /** A run of characters in the title, blanks and case apart. A page of what is found may be short, or empty. */
  q: text(2, 64).optional(),
  /** Only sent. */
  status: CardStatus.optional(),
  limit: pageSize(100, 20),
  cursor: cursor.optional(),
})
export type ListCards = z.infer<typeof ListCards>

/** A line of a list; never a body. `openedAt` and what stands below `shared` only in the received box. */
export const CardSummary = z.object({
  id,
  title: z.string(),
  status: CardStatus,
  createdAt: utc,
  revokedAt: utc.optional(),
  openings: OpeningCounts.optional(),
  openedAt: utc.optional(),
  /** Absent: it has no end. Sent: the card's own end. Received: that, or the end of the share's verify window, whichever is first. */
  expiresAt: utc.optional(),
  /** Only in the sent box: whether its owner was about to send it. No platform says whether it was sent. */
  shared: z.boolean().optional(),
  sender: Viewer.optional(),
  /** Absent: as often as one likes. */
  opensLeft: z.int().optional(),
  acknowledgedAt: utc.optional(),
})
export type CardSummary = z.infer<typeof CardSummary>

export const CardPage = page(CardSummary)
export type CardPage = z.infer<typeof CardPage>
