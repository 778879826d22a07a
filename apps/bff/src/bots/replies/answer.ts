import type { Language } from '../i18n/words.js'

export interface Button {
  readonly text: string
  readonly key: string
  /** 1 blue, 2 grey, 3 red, 4 pale. */
  readonly style?: 1 | 2 | 3 | 4
}

export interface Row {
  readonly label: string
  readonly value: string
  /** Of a member: the client shows the name. */
  readonly userid?: string
}

/** What the bot has to say, whatever form it goes out in. Strings are plain text; never a card's body. */
export interface Answer {
  readonly language: Language
  readonly title: string
  readonly lines?: readonly string[]
  readonly rows?: readonly Row[]
  readonly buttons?: readonly Button[]
  /** Where the card leads in the mini-program. */
  readonly page?: string
  /** More places in the mini-program. */
  readonly links?: readonly { readonly title: string; readonly page: string }[]
}

/** `app.json`'s pages, without a leading slash, as `pagepath` is documented. */
export const PAGES = {
  index: 'pages/index/index',
  card: (id: string) => `pages/card/index?id=${encodeURIComponent(id)}`,
} as const
