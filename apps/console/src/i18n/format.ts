import type { Language } from '@sealcard/client'

const TAGS = { zh: 'zh-CN', en: 'en-GB' } as const satisfies Record<Language, string>

/** `2026-11-28 17:20:05` in the browser's zone, the same in both languages. */
export const absoluteTime = (iso: string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    dateStyle: 'short',
    timeStyle: 'medium',
    hour12: false,
  }).formatToParts(new Date(iso))
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}:${of('second')}`
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `3 分钟前`, `in 2 days`; what is further away than 30 days is a date. @param now milliseconds */
export const relativeTime = (iso: string, now: number, language: Language): string => {
  const distance = Date.parse(iso) - now
  if (Math.abs(distance) > 30 * 86_400_000) return absoluteTime(iso).slice(0, 10)
  const format = new Intl.RelativeTimeFormat(TAGS[language], { numeric: 'auto' })
  for (const [unit, ms] of UNITS)
    if (Math.abs(distance) >= ms) return format.format(Math.trunc(distance / ms), unit)
  return format.format(0, 'second')
}

export const formatNumber = (n: number, language: Language): string =>
  new Intl.NumberFormat(TAGS[language]).format(n)

/** `Asia/Shanghai`, as the browser calls its zone. */
export const zoneName = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** The beginning of a day of the browser's zone, as the API takes times. @param day `2026-11-28` */
export const dayStart = (day: string, plusDays = 0): string => {
  const at = new Date(`${day}T00:00:00`)
  at.setDate(at.getDate() + plusDays)
  return at.toISOString()
}

/** The day of a moment in the browser's zone: `2026-11-28`. */
export const dayOf = (iso: string): string => absoluteTime(iso).slice(0, 10)
