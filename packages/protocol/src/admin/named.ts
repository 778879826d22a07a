import { z } from 'zod'
import { NameSource, ViewerCode } from '../viewers.js'

/** Whom or what an id of the audit names: enough for a sentence. */
export const Named = z.object({
  /** `system`: the service itself, one of its jobs, the command line. `other`: nothing that has a name here. */
  kind: z.enum(['person', 'administrator', 'token', 'card', 'system', 'other']),
  /** Of a card also where the audit names its share, its opening or a request for it. */
  id: z.string(),
  /** A person's, an account's or a token's; the title of a card. Absent: there is none, or it is erased. */
  name: z.string().optional(),
  /** Only of a person. */
  nameFrom: NameSource.optional(),
  code: ViewerCode.optional(),
})
export type Named = z.infer<typeof Named>
