import { z } from 'zod'
import { text } from '../text.js'

/** Why an administrator did something: one line for the audit. It should name nobody; the person's name on the
 * platform is taken out of it. */
export const ActReason = text(1, 150).refine((value) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value), {
  error: 'must be one line without control characters',
})

/** The body of an administrator's act that needs no other word. */
export const Act = z.strictObject({ reason: ActReason.optional() }).default({})
export type Act = z.infer<typeof Act>
