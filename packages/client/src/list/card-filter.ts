import type { ListCardsOptions } from '@sealcard/kit'
import type { CardStatus } from '@sealcard/protocol'
import type { Box } from '../card/card-details.js'
import { count } from '../write/draft.js'
import { storable } from '../write/storable.js'

export const STATUSES = ['all', 'active', 'expired', 'revoked'] as const satisfies readonly (
  CardStatus | 'all'
)[]
export type StatusChoice = (typeof STATUSES)[number]

/** What a person searches for among their cards. */
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

/** What is asked after a change. The same question stays the same object: a blank more is nothing new to ask. */
export const askedAfter = (before: ListCardsOptions, filter: CardFilter): ListCardsOptions => {
  const next = filterOptions(filter)
  return before.q === next.q && before.status === next.status ? before : next
}

/** What a list is asked. Only the cards that a person sent have a status to ask for. */
export const optionsFor = (box: Box, { q, status }: ListCardsOptions): ListCardsOptions => ({
  ...(q === undefined ? {} : { q }),
  ...(box === 'received' || status === undefined ? {} : { status }),
})

/** Whether what is asked leaves cards out. */
export const isFiltering = ({ q, status }: ListCardsOptions): boolean =>
  q !== undefined || status !== undefined
