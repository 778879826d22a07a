/** What joins signs of one character: emoji and some scripts need them. */
const JOINERS: ReadonlySet<string> = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f'])
/** What shows nothing, or turns the direction of the text around it. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu
/** What ends a line or controls a terminal. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/gu
const BLANKS = /\s+/gu
/** More accents than any script puts on one letter: they would cover the lines around it. */
const STACKED = /(\p{Mn}{4})\p{Mn}+/gu
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

const visibleOnly = (text: string): string => text.replace(INVISIBLE, '')

/**
 * A person's name as others see it: in NFC, on one line, without controls, direction marks and invisible characters.
 * @returns null where nothing visible is left
 */
export const cleanName = (given: string): string | null => {
  const name = given
    .toWellFormed()
    .replace(CONTROLS, ' ')
    .replace(INVISIBLE, (sign) => (JOINERS.has(sign) ? sign : ''))
    .replace(BLANKS, ' ')
    .normalize('NFC')
    .replace(STACKED, '$1')
    .trim()
  return VISIBLE.test(visibleOnly(name)) ? name : null
}

/** At most so many characters, as people count them. */
export const shortName = (name: string, max: number): string => {
  const characters = Array.from(name)
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : name
}

/** What may look like a letter or a digit; joiners and accents between them do not part them for the eye. */
const LIKE_CODE = String.raw`(?:〇|(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})[\p{L}\p{N}\p{So}])[\p{M}\p{Cf}]*`
const RUNS = new RegExp(`(?:${LIKE_CODE}){4,}`, 'gu')
const THREE = new RegExp(`(?:${LIKE_CODE}){3}(?=.)`, 'gsu')
/** Western words: capitals only before small letters, and no digit. A code has capitals and digits alone. */
const WORD = /^(?:[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+)+$/u

/**
 * A name as a picture of the screen may show it, beside a person's code. No part of it looks like a code: a dot stands
 * after each third letter or digit in a row. Chinese, Japanese, Korean and western words stay as they are.
 */
export const unlikeCode = (name: string): string =>
  name.replace(RUNS, (run) => (WORD.test(run) ? run : run.replace(THREE, '$&·')))
