/** Phrases in both languages. `{name}` is filled in. `one`: the English of it where `{n}` is 1. */
export type Words = Record<string, { zh: string; en: string; one?: string }>
