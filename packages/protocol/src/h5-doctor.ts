import { z } from 'zod'

/** `GET /v1/h5/doctor/:runId`: what the doctor's page gives to `setShareAttr`. */
export const DoctorRun = z.object({ state: z.string() })
export type DoctorRun = z.infer<typeof DoctorRun>
