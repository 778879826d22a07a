import { z } from 'zod'
import { utc } from './text.js'

/** The events that a webhook gets. Without `events` it gets all. */
export const WebhookEvent = z.enum([
  'card.opened',
  'card.refused',
  'card.acknowledged',
  'card.revoked',
  'card.expired',
  'access.requested',
  'person.erased',
])
export type WebhookEvent = z.infer<typeof WebhookEvent>

/** A person: our id, and the openid or userid. Without `platformId` the person has been erased since. */
const Person = z.object({ id: z.string(), platformId: z.string().optional() })

/** Ids of what an event is about. No words, no titles. */
export const WebhookData = z.object({
  app: z.string(),
  cardId: z.string().optional(),
  /** What the card stands for in your product. Absent: nothing, or it was erased since. */
  reference: z.string().optional(),
  /** Absent: erased since. */
  owner: Person.optional(),
  openingId: z.string().optional(),
  shareId: z.string().optional(),
  requestId: z.string().optional(),
  /** Of `card.refused`: the error that the person got. */
  code: z.string().optional(),
  /** Who opened, was refused, confirmed, asked or was erased. Absent: erased since. */
  viewer: Person.optional(),
})
export type WebhookData = z.infer<typeof WebhookData>

/** The body of a request to a webhook. `timestamp` says when it happened, not when it was sent. */
export const WebhookMessage = z.object({
  type: z.enum([...WebhookEvent.options, 'webhook.test']),
  timestamp: utc,
  data: WebhookData,
})
export type WebhookMessage = z.infer<typeof WebhookMessage>

/**
 * Why a message did not arrive. `status`: an answer that is no 2xx. `redirect`: a 3xx. The service follows none. `gone`: 410.
 * `name`: the host's name leads nowhere. `private`: it leads to an address that only `allowPrivate` allows.
 */
export const WebhookFailure = z.enum([
  'status',
  'redirect',
  'gone',
  'timeout',
  'refused',
  'reset',
  'name',
  'tls',
  'proxy',
  'private',
])
export type WebhookFailure = z.infer<typeof WebhookFailure>

/** One entry of `apps[].webhooks`, and how it does. */
export const AdminWebhook = z.object({
  /** Made of the app and the URL: with another URL it is another webhook. */
  id: z.string(),
  app: z.string(),
  /** Without user, query and fragment. */
  url: z.string(),
  events: z.array(WebhookEvent),
  allowPrivate: z.boolean(),
  /** Events that wait. */
  queued: z.int(),
  lastSuccessAt: utc.nullable(),
  lastFailure: z.object({ at: utc, code: WebhookFailure, cause: z.string() }).nullable(),
  /** Null: nothing waits, or the webhook is disabled. */
  nextTryAt: utc.nullable(),
  /** It answered 410. A test that succeeds enables it again. */
  disabledAt: utc.nullable(),
  /** Events that did not arrive within three days. */
  givenUp: z.int(),
  lastGivenUpAt: utc.nullable(),
})
export type AdminWebhook = z.infer<typeof AdminWebhook>

/** `GET /v1/admin/webhooks` */
export const AdminWebhooks = z.object({ items: z.array(AdminWebhook) })
export type AdminWebhooks = z.infer<typeof AdminWebhooks>

/** `POST /v1/admin/webhooks/:id/test`. Never the body of the answer. */
export const WebhookTest = z.object({
  at: utc,
  delivered: z.boolean(),
  /** The status of the answer; null: there was none. */
  status: z.int().nullable(),
  /** From the request to the answer. */
  ms: z.int(),
  code: WebhookFailure.optional(),
  cause: z.string().optional(),
})
export type WebhookTest = z.infer<typeof WebhookTest>
