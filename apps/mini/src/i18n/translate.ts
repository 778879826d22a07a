import { dictionary } from './dictionary'

export type Language = 'zh' | 'en'
export type Phrase = keyof typeof dictionary

type Slots<S extends string> = S extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never
type SlotsOf<P extends Phrase> = Slots<(typeof dictionary)[P]['zh']>
type Values<P extends Phrase> = [SlotsOf<P>] extends [never]
  ? []
  : [values: Record<SlotsOf<P>, string | number>]

export type Translate = <P extends Phrase>(phrase: P, ...values: Values<P>) => string

/** The phrases that need nothing filled in. */
export type PlainPhrase = { [P in Phrase]: [SlotsOf<P>] extends [never] ? P : never }[Phrase]

export const translator =
  (language: Language): Translate =>
  (phrase, ...[values]) =>
    dictionary[phrase][language].replace(/\{([^}]+)\}/g, (_, slot: string) =>
      String((values as Record<string, string | number> | undefined)?.[slot] ?? ''),
    )

/** `zh_CN`, `zh_TW`, `zh-Hans` are Chinese; everything else, also nothing at all, is read as its prefix says. */
export const languageOf = (tag: string | undefined): Language =>
  tag === undefined || tag === '' || /^zh/i.test(tag) ? 'zh' : 'en'
