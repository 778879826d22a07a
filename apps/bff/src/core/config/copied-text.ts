type Env = Record<string, string | undefined>

/**
 * An environment file that was saved with other line ends leaves them on its values; no value of ours ends in one.
 * @returns the same variables, without line breaks at the ends of their values
 */
export const withoutLineBreaks = (env: Env): Env =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value?.replace(/^[\r\n]+|[\r\n]+$/g, '')]),
  )

const QUOTED = /^(["'`]).*\1$|^[“”].*[“”]$|^[‘’].*[‘’]$/s

/** `docker --env-file` keeps them; they belong to no value. */
export const isQuoted = (text: string): boolean => QUOTED.test(text)

/** From the likeliest to the rest. */
const ODD: readonly (readonly [RegExp, string])[] = [
  [/[\r\n]$/, 'a line break at the end'],
  [/[^\S\r\n]$/, 'a blank at the end'],
  [/^\s/, 'a blank or line break at the beginning'],
  [/[\r\n]/, 'a line break in it'],
  [/\s/, 'a blank in it'],
  [/\p{Cf}|\p{Cc}/u, 'a character in it that does not show'],
  [/[^\x21-\x7e]/, 'a character in it that is not ASCII'],
  [/^["'`]|["'`]$/, 'a quote at one end'],
  [/=$/, '= at the end'],
]

/**
 * Why a value that looks right is wrong. Does not quote the value.
 * @returns `has 44 characters: a blank at the end`
 */
export const describeText = (text: string): string => {
  if (text === '') return 'is empty'
  if (isQuoted(text)) return 'stands in quotes'
  const [, odd] = ODD.find(([form]) => form.test(text)) ?? []
  return `has ${Array.from(text).length} characters${odd ? `: ${odd}` : ''}`
}
