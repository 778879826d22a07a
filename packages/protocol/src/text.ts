import { z } from 'zod'

/**
 * Text whose length counts characters as people and JSON Schema do (code points, not UTF-16 units).
 * A lone surrogate is refused: it cannot be stored as UTF-8 without loss.
 */
export const text = (min: number, max: number) =>
  z
    .string()
    .refine((value) => value.isWellFormed(), { error: 'must be well-formed Unicode', abort: true })
    .refine((value) => !value.includes('\u0000'), { error: 'must not contain NUL', abort: true })
    .refine((value) => between(Array.from(value).length, min, max), {
      error: `must have ${min} to ${max} characters`,
    })
    .meta({ minLength: min, maxLength: max })

/** `text` on one line: nothing that ends a line or controls a terminal. */
export const line = (min: number, max: number) =>
  text(min, max).refine((value) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value), {
    error: 'must be one line without control characters',
  })

const between = (n: number, min: number, max: number) => n >= min && n <= max

/** RFC 3339 in UTC, as every time on the wire. */
export const utc = z.iso.datetime({
  error: 'must be an RFC 3339 time in UTC, such as 2026-01-31T08:00:00Z',
})

/** Our ids: 22 letters and digits, 128 random bits; older ids may hold `-` and `_`. They prove nothing. */
export const id = z.string().meta({ example: '6mBhJe41KjhvRRxjZvxWxU' })

export const cursor = z.string().min(1).max(256)

/** How many, in a query: decimal digits, and no other spelling of a number (`1e1`, `0x10`, ` 5`). */
export const pageSize = (max: number, usual: number) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
      z.number().int().min(1).max(max),
    )
    // Not `default`, which the document of the API would lose behind the preparation.
    .prefault(usual)

/** A place as a csv holds it: an older id that begins with a minus has an apostrophe before it, against spreadsheets. */
export const placeText = (form: RegExp, message: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.replace(/(^|,)'(?=-)/, '$1') : value),
    z.string().regex(form, message),
  )

/** Keyset page of anything. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })
