import type { ListCardsOptions } from '@sealcard/kit'
import type { CardStatus } from '@sealcard/protocol'
import { count } from '../write/draft.js'
import { storable } from '../write/storable.js'

export const STATUSES = ['all', 'active', 'expired', 'revoked'] as const satisfies readonly (
  CardStatus | 'all'
)[]
export type StatusChoice = (typeof STATUSES)[number]

/** What a person searches for among the cards that they sent. */
export interface CardFilter {
  text: string
  status: StatusChoice
}

export const noFilter: CardFilter = { text: '', status: 'all' }

/** After the last key, ms: a word is asked for once. */
export const SEARCH_AFTER_MS = 300

const SHORTEST = 2
const LONGEST = 64

/** What the service is asked. Text of one character finds nothing in particular and is left out. */
export const filterOptions = ({ text, status }: CardFilter): ListCardsOptions => {
  const q = Array.from(storable(text).trim()).slice(0, LONGEST).join('').trim()
  return {
    ...(count(q) < SHORTEST ? {} : { q }),
    ...(status === 'all' ? {} : { status }),
  }
}

export const isFiltering = (filter: CardFilter): boolean =>
  Object.keys(filterOptions(filter)).length > 0
