/** Lengths of time, ms. No other file defines them. */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Days begin at midnight in China, for the platforms and for their users. China has no summer time. */
export const CHINA_OFFSET = '+08:00'
const CHINA_MS = 8 * HOUR

/** Milliseconds UTC as on the wire: ISO 8601 with milliseconds and `Z`. */
export const wireTime = (ms: number): string => new Date(ms).toISOString()

export const wireTimeOrNull = (ms: number | null): string | null =>
  ms === null ? null : wireTime(ms)

/** For a field that is left out where there is no time. */
export const wireTimeIfAny = (ms: number | null): string | undefined =>
  ms === null ? undefined : wireTime(ms)

/** How many days in China ended between 1970-01-01 and the moment. */
export const dayNumber = (ms: number): number => Math.floor((ms + CHINA_MS) / DAY)

/** The first millisecond of the day that holds the moment. Milliseconds UTC, both. */
export const dayOf = (ms: number): number => dayNumber(ms) * DAY - CHINA_MS

export const nextDay = (day: number): number => day + DAY

/** E.g. `2026-11-21`. */
export const dayName = (day: number): string => wireTime(day + CHINA_MS).slice(0, 10)

/** Every day from the one of `from` to the one of `to`. */
export const daysBetween = (from: number, to: number): number[] => {
  const days: number[] = []
  for (let day = dayOf(from); day <= to; day = nextDay(day)) days.push(day)
  return days
}
