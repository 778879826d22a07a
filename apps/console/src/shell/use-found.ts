import type { AdminApps, AdminCardSummary, ListedViewer } from '@sealcard/protocol'
import type { Query } from '../api/api'
import type { ApiFailure } from '../api/failure'
import { useRead } from '../api/hooks'
import { shellWords } from '../frame/words'
import { sharedWords } from '../i18n/shared-words'
import { useLanguage, useWords } from '../i18n/words'
import { SCREENS } from '../screens/registry'
import { useSettled } from '../ui/use-settled'

/** A thing that was found; its value is the address that shows it. */
interface Found {
  value: string
  label: string
}

export interface FoundGroup {
  label: string
  options: Found[]
}

/** The API searches from two characters on. */
const SHORTEST = 2
const EACH = 5
/** Milliseconds without a further letter: who types is faster. */
const PAUSE = 250

/** How far the service's search is; `idle`: the text is too short for one. */
export type SearchState =
  | { readonly kind: 'idle' | 'searching' | 'none' | 'some' }
  | { readonly kind: 'failed'; readonly error: ApiFailure }

/** What the text may mean, by kind, the likeliest first. The last one searches the list of cards. */
export const useFound = (text: string): { groups: FoundGroup[]; state: SearchState } => {
  const t = useWords(shellWords)
  const s = useWords(sharedWords)
  const language = useLanguage()
  const settled = useSettled(text, PAUSE)
  const isSearched = Array.from(text).length >= SHORTEST
  const enabled = isSearched && settled === text
  const searched: [Query, { enabled: boolean }] = [{ q: text, limit: EACH }, { enabled }]
  const foundCards = useRead<{ items: AdminCardSummary[] }>('cards', ...searched)
  const foundPeople = useRead<{ items: ListedViewer[] }>('viewers', ...searched)
  const cards = foundCards.data?.items ?? []
  const people = foundPeople.data?.items ?? []
  const apps = useRead<AdminApps>('apps').data?.items ?? []
  const has = (name: string) => name.toLowerCase().includes(text.toLowerCase())
  const id = encodeURIComponent

  const groups = [
    {
      label: t('search.screens'),
      options: SCREENS.filter(({ words }) => has(words[language])).map(({ path, words }) => ({
        value: `/${path}`,
        label: words[language],
      })),
    },
    {
      label: t('search.cards'),
      options: cards.map((card) => ({
        value: `/cards?open=${id(card.id)}`,
        label: card.title || s('card.erased'),
      })),
    },
    {
      label: t('search.people'),
      options: people.map((person) => ({
        value: `/people?open=${id(person.id)}`,
        label: `${person.name ?? s('person.nameless')} ${person.code}`,
      })),
    },
    {
      label: t('search.apps'),
      options: apps
        .filter((app) => has(app.id))
        .map((app) => ({ value: `/cards?app=${id(app.id)}`, label: app.id })),
    },
    {
      label: t('search.more'),
      options: [{ value: `/cards?q=${id(text)}`, label: t('search.in-cards', { text }) }],
    },
  ].filter(({ options }) => options.length > 0)
  const stateOf = (): SearchState => {
    const error = foundCards.error ?? foundPeople.error
    if (!isSearched) return { kind: 'idle' }
    if (!enabled || foundCards.isFetching || foundPeople.isFetching) return { kind: 'searching' }
    if (error) return { kind: 'failed', error }
    return { kind: cards.length + people.length > 0 ? 'some' : 'none' }
  }
  return { groups, state: stateOf() }
}
