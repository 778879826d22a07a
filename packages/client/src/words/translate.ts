import { dictionary } from './dictionary.js'
import type { Words } from './dictionary/words.js'

export type Language = 'zh' | 'en'
export type Phrase = keyof typeof dictionary

type Slots<S extends string> = S extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never
type SlotsOf<W extends Words, P extends keyof W> = Slots<W[P]['zh']>
type Values<W extends Words, P extends keyof W> = [SlotsOf<W, P>] extends [never]
  ? []
  : [values: Record<SlotsOf<W, P>, string | number>]

/** Says a phrase of `W`; what stands in braces has to be given. */
export type TranslateOf<W extends Words> = <P extends keyof W & string>(
  phrase: P,
  ...values: Values<W, P>
) => string

export type Translate = TranslateOf<typeof dictionary>

/** The phrases that need nothing filled in. */
export type PlainPhraseOf<W extends Words> = {
  [P in keyof W & string]: [SlotsOf<W, P>] extends [never] ? P : never
}[keyof W & string]

export type PlainPhrase = PlainPhraseOf<typeof dictionary>

/** For words that only one of the clients has. */
export const translatorOf =
  <W extends Words>(words: W, language: Language): TranslateOf<W> =>
  (phrase, ...[values]) => {
    const word = words[phrase]
    const filled = values as Record<string, string | number> | undefined
    const one = language === 'en' && Number(filled?.['n']) === 1 ? word?.one : undefined
    return (one ?? word?.[language] ?? '').replace(/\{([^}]+)\}/g, (_, slot: string) =>
      String(filled?.[slot] ?? ''),
    )
  }

export const translator = (language: Language): Translate => translatorOf(dictionary, language)

/** `zh_CN`, `zh_TW`, `zh-Hans` are Chinese; everything else, also nothing at all, is read as its prefix says. */
export const languageOf = (tag: string | undefined): Language =>
  tag === undefined || tag === '' || /^zh/i.test(tag) ? 'zh' : 'en'
