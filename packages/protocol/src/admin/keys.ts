import { z } from 'zod'

/** `POST /v1/admin/keys/rewrap` */
export const RewrapReport = z.object({
  /** Every value is under the primary key. */
  clean: z.boolean(),
  primary: z.string(),
  rows: z.int(),
  moved: z.int(),
  overtaken: z.int(),
  failed: z.int(),
  /** The first hundred values that no key of the keyring opens. */
  failures: z.array(
    z.object({
      table: z.string(),
      column: z.string(),
      row: z.string(),
      keyId: z.string().nullable(),
      what: z.string(),
    }),
  ),
})
export type RewrapReport = z.infer<typeof RewrapReport>
