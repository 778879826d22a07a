import { z } from 'zod'
import { utc } from '../text.js'

/** `POST /v1/admin/doctor` */
export const AskDoctor = z
  .strictObject({
    /** Also what takes minutes on a large database. */
    thorough: z.boolean().optional(),
  })
  .default({})
export type AskDoctor = z.infer<typeof AskDoctor>

export const DoctorFinding = z.object({
  /** The check that found it. */
  check: z.string(),
  /** Which app, bot or key it is about. */
  about: z.string().optional(),
  status: z.enum(['ok', 'warning', 'wrong']),
  /** Stable: `ip-not-allowed`. */
  code: z.string(),
  what: z.string(),
  /** Absent where nothing is to be done. */
  todo: z.string().optional(),
  /** The same in Chinese. Figures and names are in `what` alone. */
  zh: z.object({ what: z.string(), todo: z.string().optional() }).optional(),
})
export type DoctorFinding = z.infer<typeof DoctorFinding>

/** What `sealcard doctor` would find on the machine of the process that answers. */
export const DoctorReport = z.object({
  at: utc,
  /** Nothing is wrong; there may be warnings. */
  well: z.boolean(),
  findings: z.array(DoctorFinding),
})
export type DoctorReport = z.infer<typeof DoctorReport>
