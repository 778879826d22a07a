import { z } from 'zod'
import { ERROR_CODES, type ErrorCode } from './error-codes.js'

/** RFC 9457 problem document; `code` is stable, `title` is for people. */
export const Problem = z.object({
  type: z.string().meta({ example: 'urn:sealcard:error:ERR_PROOF_REJECTED' }),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
  requestId: z.string(),
  /** Only with ERR_VIEW_LIMIT: the person's own openings are used up, or all places of the card are taken. */
  limit: z.enum(['opens', 'viewers']).optional(),
  /** Only with ERR_INPUT: where and what. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
