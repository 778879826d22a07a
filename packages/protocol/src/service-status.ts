import { z } from 'zod'

/** `GET /healthz` and `GET /readyz`: `alive`; `ready` or, while the process ends, `draining`. */
export const ServiceStatus = z.object({ status: z.string() })
export type ServiceStatus = z.infer<typeof ServiceStatus>
