import { inputError } from '../../core/errors/api-error.js'

export interface TimeRange {
  /** Milliseconds UTC, the first one that counts, and the first one that does not. */
  readonly from?: number
  readonly to?: number
}

/** @throws ApiError ERR_INPUT naming `to` where the range ends before it begins */
export function timeRange({
  from,
  to,
}: {
  from?: string | undefined
  to?: string | undefined
}): TimeRange {
  const range = {
    ...(from !== undefined && { from: Date.parse(from) }),
    ...(to !== undefined && { to: Date.parse(to) }),
  }
  if (range.from !== undefined && range.to !== undefined && range.to < range.from)
    throw inputError('to', 'must not be before from')
  return range
}

/** As SQL with the parameters `from` and `to`. */
export const within = (column: string, { from, to }: TimeRange): string[] => [
  ...(from === undefined ? [] : [`${column} >= :from`]),
  ...(to === undefined ? [] : [`${column} < :to`]),
]
