import { type AppConfig, CARD_PATH, HOME_PATH } from '../../core/config/config.js'
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
  /** The userid of a member. The client shows the name. */
  readonly userid?: string
}

/** What the bot says, before it gets a form. Strings are plain text. No answer contains the body of a card. */
export interface Answer {
  readonly language: Language
  readonly title: string
  readonly lines?: readonly string[]
  readonly rows?: readonly Row[]
  readonly buttons?: readonly Button[]
  /** The page of the mini-program that the card opens. */
  readonly page?: string
  /** Further pages of the mini-program. */
  readonly links?: readonly { readonly title: string; readonly page: string }[]
}

type PagePaths = Pick<AppConfig, 'homePath' | 'cardPath'>

/** Pages of the app's mini-program. A `pagepath` has no leading slash. */
export const pagesOf = ({ homePath = HOME_PATH, cardPath = CARD_PATH }: PagePaths) => ({
  index: homePath.slice(1),
  card: (id: string) => `${cardPath.slice(1)}?id=${encodeURIComponent(id)}`,
})
