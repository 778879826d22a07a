/** The programmer's or administrator's mistakes: named precisely, values never shown. */

const fail = (name: string, rule: string): never => {
  throw new TypeError(`${name} must be ${rule}`)
}

export const textArgument = (value: unknown, name: string): string =>
  typeof value === 'string' ? value : fail(name, 'a string')

export const filledTextArgument = (value: unknown, name: string): string =>
  typeof value === 'string' && value !== '' ? value : fail(name, 'a non-empty string')

export const patternArgument = (value: unknown, name: string, re: RegExp, rule: string): string =>
  typeof value === 'string' && re.test(value) ? value : fail(name, rule)

export const bytesArgument = (value: unknown, name: string): Uint8Array =>
  value instanceof Uint8Array ? value : fail(name, 'a Uint8Array')

export const objectArgument = <T>(value: T, name: string): NonNullable<T> =>
  typeof value === 'object' && value !== null ? value : fail(name, 'an object')

// Ten digits: anything longer is milliseconds by mistake.
const latest = 9_999_999_999

/** @param value Unix time in seconds; a fraction is allowed. */
export const secondsArgument = (value: unknown, name: string): number =>
  typeof value === 'number' && value >= 0 && value <= latest
    ? value
    : fail(name, 'Unix time in seconds, not milliseconds')

export const toleranceArgument = (value: unknown, name: string): number =>
  typeof value === 'number' && value >= 0 && value <= latest
    ? value
    : fail(name, 'a number of seconds, 0 or more, or skipFreshness')
