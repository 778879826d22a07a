import type { AdminApps, AdminCardSummary, ListedViewer } from '@sealcard/protocol'
import type { Query } from '../api/api'
import { useRead } from '../api/hooks'
import { shellWords } from '../frame/words'
import { sharedWords } from '../i18n/shared-words'
import { useLanguage, useWords } from '../i18n/words'
import { SCREENS } from '../screens/registry'

/** A thing that was found; its value is the address that shows it. */
interface Found {
  value: string
  label: string
}

interface FoundGroup {
  label: string
  options: Found[]
}

/** The API searches from two characters on. */
const SHORTEST = 2
const EACH = 5

/** What the text may mean, by kind, the likeliest first. The last one searches the list of cards. */
export const useFound = (text: string): FoundGroup[] => {
  const t = useWords(shellWords)
  const s = useWords(sharedWords)
  const language = useLanguage()
  const searched: [Query, { enabled: boolean }] = [
    { q: text, limit: EACH },
    { enabled: text.length >= SHORTEST },
  ]
  const cards = useRead<{ items: AdminCardSummary[] }>('cards', ...searched).data?.items ?? []
  const people = useRead<{ items: ListedViewer[] }>('viewers', ...searched).data?.items ?? []
  const apps = useRead<AdminApps>('apps').data?.items ?? []
  const has = (name: string) => name.toLowerCase().includes(text.toLowerCase())
  const id = encodeURIComponent

  return [
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
}
