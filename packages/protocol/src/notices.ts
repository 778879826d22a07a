import { z } from 'zod'

/** What a WeChat person may be told by a message that they accepted. */
export const SubscriptionEvent = z.enum(['opened', 'requested', 'expiring'])
export type SubscriptionEvent = z.infer<typeof SubscriptionEvent>

/**
 * `POST /v1/cards/:cardId/subscriptions`, after `wx.requestSubscribeMessage` said `accept` for the template: one message
 * for one acceptance.
 */
export const Subscribe = z.strictObject({
  event: SubscriptionEvent,
  /** Of the message; absent: Chinese. */
  language: z.enum(['zh', 'en']).optional(),
})
export type Subscribe = z.infer<typeof Subscribe>

/** What an owner is told about their cards. `refused`: attempts of people who are no recipients. */
export const NoticeKind = z.enum(['opened', 'requested', 'refused', 'expiring'])
export type NoticeKind = z.infer<typeof NoticeKind>

const choices = z.strictObject({
  opened: z.boolean().optional(),
  requested: z.boolean().optional(),
  refused: z.boolean().optional(),
  expiring: z.boolean().optional(),
})

/** `GET /v1/me/notices` */
export const MyNotices = z.object({
  /** What the app tells by itself, and whether the person wants to hear it. A kind that it never tells is not there. */
  kinds: choices,
  /** Ids of the templates for `wx.requestSubscribeMessage`, by event. Empty where no message can be accepted. */
  templates: z.strictObject({
    opened: z.string().optional(),
    requested: z.string().optional(),
    expiring: z.string().optional(),
  }),
})
export type MyNotices = z.infer<typeof MyNotices>

/** `PUT /v1/me/notices`. A kind that is left out stays as it is. */
export const ChooseNotices = z.strictObject({ kinds: choices })
export type ChooseNotices = z.infer<typeof ChooseNotices>
