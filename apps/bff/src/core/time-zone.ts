/** Where an app's people are, unless its configuration says otherwise. */
const STANDARD_TIME_ZONE = 'Asia/Shanghai'

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}

/** Whether it is a name of the IANA database. */
export const isTimeZone = (name: string): boolean => {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

/** A minute as `localTime` shows it, also with `T` between. @returns milliseconds UTC; null: no clock there shows it */
export const momentOf = (local: string, timeZone: string = STANDARD_TIME_ZONE): number | null => {
  const shown = local.replace('T', ' ')
  const asUtc = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00Z`)
  const wanted = asUtc(shown)
  if (Number.isNaN(wanted)) return null
  // The offset of the first guess may be that of before or behind a change of the clocks.
  let moment = wanted
  for (let tries = 0; tries < 2; tries++) moment += wanted - asUtc(localTime(moment, timeZone))
  return localTime(moment, timeZone) === shown ? moment : null
}

/** Milliseconds UTC as a clock there shows them: `2026-01-31 16:00`. */
export const localTime = (ms: number, timeZone: string = STANDARD_TIME_ZONE): string => {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  )
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}`
}
