import { z } from 'zod'
import { CreateOpening } from './openings.js'

/** `GET /v1/h5/doctor/:runId`: what the doctor's page gives to `setShareAttr`. */
export const DoctorRun = z.object({ state: z.string() })
export type DoctorRun = z.infer<typeof DoctorRun>

/** `POST /v1/h5/doctor/:runId/samples`: what the platform gave, and what the page knows about itself. */
export const GiveSample = CreateOpening.omit({ peek: true }).extend({
  /** The version of the platform's SDK. */
  sdk: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,4}){0,3}$/)
    .optional(),
  /** Directives of the page's policy that refused something. */
  blocked: z
    .array(z.string().regex(/^[a-z-]{1,32}$/))
    .max(16)
    .optional(),
})
export type GiveSample = z.infer<typeof GiveSample>
