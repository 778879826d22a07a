/** What ends a line or controls a terminal. */
const CONTROL = String.raw`\p{Cc}\p{Zl}\p{Zp}`
/** What turns the direction of the text around it. */
const DIRECTION = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`

const CONTROLS = new RegExp(`[${CONTROL}]+`, 'gu')
const DIRECTIONS = new RegExp(`[${DIRECTION}]`, 'gu')
const UNPRINTABLE = new RegExp(`[${CONTROL}${DIRECTION}]`, 'gu')

/** One line for people, at most `max` characters: a blank for what breaks a line, `…` for what is cut off. */
export const oneLine = (text: string, max: number): string => {
  const line = text.toWellFormed().replace(DIRECTIONS, '').replace(CONTROLS, ' ').trim()
  const characters = Array.from(line)
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line
}

/** One line for a log or a terminal, at most `max` characters. Each character that it cannot show becomes `\ufffd`. */
export const printable = (text: string, max: number): string =>
  Array.from(text.toWellFormed().replace(UNPRINTABLE, '\ufffd')).slice(0, max).join('')

/** One line of another program's message, at most `max` UTF-16 units. `secrets` do not show in it. */
export const foreignMessage = (text: string, secrets: readonly string[], max = 300): string =>
  secrets
    .filter((secret) => secret !== '')
    // The longest first: a secret that is a part of another would leave the other's rest.
    .toSorted((a, b) => b.length - a.length)
    .reduce((message, secret) => message.replaceAll(secret, '[secret]'), text)
    .replace(CONTROLS, ' ')
    .slice(0, max)

/**
 * At most `max` bytes of UTF-8, no half character and no lone surrogate; `…` for what is cut off.
 * @param max at least 3, the bytes of `…`
 */
export const clipUtf8 = (text: string, max: number): string => {
  const whole = text.toWellFormed()
  if (Buffer.byteLength(whole) <= max) return whole
  const cut = Buffer.from(whole).subarray(0, max - 3)
  let end = cut.length
  // A byte 10xxxxxx continues a character. The byte that begins the character says how long it is.
  while (end > 0 && (cut[end - 1]! & 0xc0) === 0x80) end--
  const lead = cut[end - 1] ?? 0
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  const complete = end - 1 + size <= cut.length ? end - 1 + size : end - 1
  return `${cut.subarray(0, Math.max(0, complete)).toString()}…`
}

/**
 * A cell, always quoted. A spreadsheet would run a cell that begins like a formula: an apostrophe goes before it.
 * Spreadsheets in Chinese and Japanese also read the fullwidth signs as a formula (OWASP, CSV Injection).
 * A cell that begins with an apostrophe gets one too: a program can then remove the first apostrophe without loss, as
 * `docs/audit-verify.mjs` does. `csv-stringify` escapes formulas, but leaves such a cell as it is.
 */
const csvCell = (value: string | number): string =>
  `"${String(value)
    .replace(/^[=+\-@＝＋－＠\t\r\n']/, "'$&")
    .replaceAll('"', '""')}"`

/** A line of quoted cells. */
export const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map((value) => csvCell(value ?? '')).join(',')}\r\n`

/** For finding text: narrow forms, small letters, no blanks and no signs that show nothing. Hashes of it are stored. */
export const squeeze = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, '')

/** What an error is called, and its code: drivers quote values in their messages. No stack: it is for a sentence. */
export const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return `an error of type ${typeof error}`
  const { code } = error as { code?: unknown }
  const told = typeof code === 'string' || typeof code === 'number' ? ` ${code}` : ''
  return `${error.name}${told}`
}
