import { z } from 'zod'

/** The body of a call that takes none: nothing at all, or `{}`, which some clients send by themselves. */
export const NoBody = z.strictObject({}).optional()
export type NoBody = z.infer<typeof NoBody>
