import type { Box } from '@sealcard/client'
import { useSyncExternalStore } from 'react'

/** Views of the page. The path stays as it is, because the platform's signature is for one address. */
export type Route =
  /** `ask`: the card has few openings, so the page peeks and asks first. */
  | { view: 'open'; shareId: string; ask: boolean }
  /** Of `sealcard doctor h5`. */
  | { view: 'doctor'; run: string }
  | { view: 'list'; box: Box }
  | { view: 'write' }
  | { view: 'settings' }
  | { view: 'card'; id: string }
  | { view: 'edit'; id: string }

const HOME = '/h5/'

export const routes = {
  list: (box: Box) => (box === 'sent' ? '#/' : '#/received'),
  write: '#/write',
  settings: '#/settings',
  card: (id: string) => `#/card/${encodeURIComponent(id)}`,
  edit: (id: string) => `#/edit/${encodeURIComponent(id)}`,
  /** From the page of a shared card: another document. */
  home: HOME,
  ownCard: (id: string) => `${HOME}#/card/${encodeURIComponent(id)}`,
}

export const routeOf = ({
  pathname,
  search,
  hash,
}: Pick<Location, 'pathname' | 'search' | 'hash'>): Route => {
  // The client appends parameters to a shared link: only the BFF's own are read.
  const query = new URLSearchParams(search)
  if (/\/o\/?$/.test(pathname)) {
    return { view: 'open', shareId: query.get('s') ?? '', ask: query.get('c') === '1' }
  }
  const run = query.get('doctor')
  if (run !== null) return { view: 'doctor', run }
  const [, view = '', id = ''] = hash.split('/')
  if (view === 'write' || view === 'settings') return { view }
  if ((view === 'card' || view === 'edit') && id !== '') return { view, id: decoded(id) }
  return { view: 'list', box: view === 'received' ? 'received' : 'sent' }
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const subscribe = (changed: () => void) => {
  window.addEventListener('hashchange', changed)
  return () => {
    window.removeEventListener('hashchange', changed)
  }
}

export const useRoute = (location: Location): Route => {
  useSyncExternalStore(subscribe, () => location.hash)
  return routeOf(location)
}
