export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
/** Days are counted as the platforms and their users live them; China has no summer time. */
const CHINA_MS = 8 * 3_600_000

export const OFFSET = '+08:00'

/** The first millisecond of the day that holds the moment. Milliseconds UTC, both. */
export const dayOf = (ms: number): number =>
  Math.floor((ms + CHINA_MS) / DAY_MS) * DAY_MS - CHINA_MS

export const nextDay = (day: number): number => day + DAY_MS

/** E.g. `2026-11-21`. */
export const dayName = (day: number): string => new Date(day + CHINA_MS).toISOString().slice(0, 10)

/** Every day from the one of `from` to the one of `to`. */
export function daysBetween(from: number, to: number): number[] {
  const days: number[] = []
  for (let day = dayOf(from); day <= to; day = nextDay(day)) days.push(day)
  return days
}
