import { z } from 'zod'
import { line } from '../text.js'

/**
 * Why an administrator did something: one line for the audit. It should contain no name; the BFF removes the
 * person's name on the platform from it.
 */
export const ActReason = line(1, 150)

/** The body of an administrator's act that needs no other word. */
export const Act = z.strictObject({ reason: ActReason.optional() }).default({})
export type Act = z.infer<typeof Act>
