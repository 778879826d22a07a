/** Controls and direction marks: what would break a line, or turn it round. */
const UNSEEN = /[\p{Cc}\u2028\u2029]+/gu
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A title as one line of a chat, at most `max` characters. */
export const oneLine = (text: string, max = 64): string => {
  const line = text.toWellFormed().replace(TURNING, '').replace(UNSEEN, ' ').trim()
  const characters = [...line]
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line
}

const WIDE: Readonly<Record<string, string>> = {
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '*': '＊',
  '`': '｀',
  '~': '～',
  '#': '＃',
  '|': '｜',
  '\\': '＼',
  '!': '！',
}

/** Whether the platform's markdown knows escapes is not documented: its signs become their wide forms. */
export const plainMarkdown = (text: string): string =>
  text.replace(/[[\]<>*`~#|\\!]/g, (sign) => WIDE[sign] ?? sign)
