import { z } from 'zod'
import { cursor, pageSize, placeText, utc } from '../text.js'

/** One of our ids, in a query. */
export const idText = placeText(/^[\w-]{1,64}$/, 'must be an id')

/** An app of the configuration, or what could be one. */
export const appName = z.string().regex(/^[\w-]{1,64}$/, "must be an app's id")

/** Of every administrators' list. */
export const listPage = {
  limit: pageSize(200, 50),
  cursor: cursor.optional(),
}

/** From this moment on, and until before that one. */
export const timeRange = { from: utc.optional(), to: utc.optional() }

/** Query of an export: it writes the whole list to a file, with the same filters, and continues after a cut. */
export const exportOptions = {
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
  /** The time and the id of the last whole line that arrived: `<createdAt or at>,<id>`. */
  after: placeText(
    /^[^,\s]{20,30},[\w-]{1,64}$/,
    'must be <time>,<id> of the last whole line',
  ).optional(),
}
