import type { Language } from './words.js'

/** Characters of a message that are read. A longer message costs no more than this. */
export const MAX_READ = 2000

/** For matching: narrow forms, lower case, one space for any run of spaces and controls. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase()

/** A title without the quotation marks around it. */
export const unquote = (text: string): string =>
  text
    .trim()
    .replace(/^[“”"'«»「」『』《》<>]+|[“”"'«»「」『』《》<>]+$/gu, '')
    .trim()

/** The language of a message; undefined where the text does not show it. */
export const languageOf = (text: string): Language | undefined => {
  const own = text.slice(0, MAX_READ).replace(/@\S+/gu, '')
  if (/\p{Script=Han}/u.test(own)) return 'zh'
  return /[a-z]{2}/i.test(own) ? 'en' : undefined
}
