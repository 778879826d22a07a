/** Phrases in both languages. `{name}` is filled in. */
export type Words = Record<string, Record<'zh' | 'en', string>>
