import { z } from 'zod'
import { Card, CardData, CardReference, ChangeCard, CreateCard } from './cards.js'
import { ViewerOpenings } from './openings.js'
import { id, line, page, utc } from './text.js'
import { Viewer } from './viewers.js'

/** The platform's name for a person: the openid of WeChat, the userid of WeCom. */
const PlatformId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'must be an openid or a userid: 1 to 128 visible ASCII characters')

/** `POST /v1/server/sessions`: the adopter's back-end exchanged the code of the login. */
export const CreateServerSession = z.strictObject({
  platformId: PlatformId,
  /** As `jscode2session` answered it. */
  sessionKey: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{21}[AQgw]==$/,
      'must be the session_key of the platform: 16 bytes in base64',
    ),
  /** What others call the person. Left out: the name stays as it is. */
  name: line(1, 32).optional(),
})
export type CreateServerSession = z.infer<typeof CreateServerSession>

/** `POST /v1/server/cards` */
export const CreateServerCard = z
  .strictObject({
    /** Whose card it is. A person who never logged in becomes known by it. */
    owner: PlatformId,
    title: CreateCard.shape.title,
    /** A card with a reference needs none. */
    body: CreateCard.shape.body.optional(),
    reference: CardReference.optional(),
    data: CardData.optional(),
    policy: CreateCard.shape.policy,
  })
  .superRefine(({ body, reference, data }, ctx) => {
    if (body === undefined && reference === undefined)
      for (const field of ['body', 'reference'])
        ctx.addIssue({ code: 'custom', path: [field], message: 'a body or a reference is needed' })
    if (data !== undefined && reference === undefined)
      ctx.addIssue({ code: 'custom', path: ['data'], message: 'needs a reference' })
  })
export type CreateServerCard = z.infer<typeof CreateServerCard>

/** `PATCH /v1/server/cards/:cardId`. Reference and data are words: they change until the first granted opening. */
export const ChangeServerCard = ChangeCard.extend({
  reference: CardReference.optional(),
  data: CardData.optional(),
})
export type ChangeServerCard = z.infer<typeof ChangeServerCard>

/** A card, for the server of its app. */
export const ServerCard = Card.extend({
  /** The `platformId` of its owner. */
  owner: z.string(),
})
export type ServerCard = z.infer<typeof ServerCard>

/** A person, for the server of their app. */
export const ServerViewer = Viewer.extend({
  /** The openid or userid. Absent: the person was erased. */
  platformId: z.string().optional(),
})
export type ServerViewer = z.infer<typeof ServerViewer>

/** `GET /v1/server/cards/:cardId/openings` */
export const ServerViewerOpenings = ViewerOpenings.extend({ viewer: ServerViewer })
export type ServerViewerOpenings = z.infer<typeof ServerViewerOpenings>

export const ServerViewerOpeningsPage = page(ServerViewerOpenings)
export type ServerViewerOpeningsPage = z.infer<typeof ServerViewerOpeningsPage>

/** `GET /v1/server/openings/:openingId`: what a receipt says, and who it is. */
export const ServerOpening = z.object({
  id,
  at: utc,
  outcome: z.literal('granted'),
  cardId: id,
  reference: z.string().optional(),
  shareId: id,
  viewer: ServerViewer,
})
export type ServerOpening = z.infer<typeof ServerOpening>

/** The claims of a receipt. The header names `EdDSA` and the key (`kid`) of `GET /.well-known/jwks.json`. */
export const Receipt = z.object({
  /** `receipts.issuer` of the configuration. */
  iss: z.string(),
  /** The app's id. */
  aud: z.string(),
  /** The viewer's id. */
  sub: id,
  /** The opening's id. */
  jti: id,
  /** The moment of the opening, in seconds. */
  iat: z.int(),
  /** `iat` + 60. */
  exp: z.int(),
  /** The card's id. */
  card: id,
  /** The card's reference. */
  ref: z.string(),
})
export type Receipt = z.infer<typeof Receipt>

/** `GET /.well-known/jwks.json`: RFC 7517, RFC 8037. */
export const ReceiptKeySet = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
})
export type ReceiptKeySet = z.infer<typeof ReceiptKeySet>
