/** A list that comes in pages, in one of its states. `run` marks the last request; answers with another run are old. */
export interface Paged<T> {
  phase: 'loading' | 'ready' | 'failed'
  items: readonly T[]
  nextCursor: string | null
  more: 'idle' | 'loading' | 'failed'
  error: unknown
  run: number
}

export type PagedAction<T> =
  /**
   * From the first page again. `keep`: what is shown stays until the answer comes, and after it the pages that were
   * loaded behind the first stay too.
   */
  | { type: 'reload'; run: number; keep: boolean }
  | { type: 'loaded'; run: number; items: readonly T[]; nextCursor: string | null }
  | { type: 'failed'; run: number; error: unknown }
  | { type: 'more' }
  | { type: 'appended'; run: number; items: readonly T[]; nextCursor: string | null }
  | { type: 'more-failed'; run: number; error: unknown }

export const emptyPaged: Paged<never> = {
  phase: 'loading',
  items: [],
  nextCursor: null,
  more: 'idle',
  error: null,
  run: 0,
}

/** `idOf` keeps a line that moved between two pages from showing twice. */
export const pagedReducer =
  <T>(idOf: (item: T) => string) =>
  (state: Paged<T>, action: PagedAction<T>): Paged<T> => {
    if (action.type === 'reload') {
      const shown = action.keep && state.phase === 'ready'
      return shown
        ? { ...state, run: action.run, more: 'idle' }
        : { ...emptyPaged, run: action.run }
    }
    if (action.type === 'more') {
      const can = state.phase === 'ready' && state.nextCursor !== null && state.more !== 'loading'
      return can ? { ...state, more: 'loading' } : state
    }
    if (action.run !== state.run) return state
    switch (action.type) {
      case 'loaded':
        return {
          ...state,
          phase: 'ready',
          ...joined(state, action, idOf),
          more: 'idle',
          error: null,
        }
      case 'failed':
        return { ...state, phase: 'failed', error: action.error }
      case 'appended':
        return {
          ...state,
          items: unique(state.items, action.items, idOf),
          nextCursor: action.nextCursor,
          more: 'idle',
          error: null,
        }
      case 'more-failed':
        return { ...state, more: 'failed', error: action.error }
    }
  }

/** The first page anew, and what was loaded behind it. Without a line that both hold, only the page. */
const joined = <T>(
  before: Paged<T>,
  { items, nextCursor }: { items: readonly T[]; nextCursor: string | null },
  idOf: (item: T) => string,
): Pick<Paged<T>, 'items' | 'nextCursor'> => {
  const page = unique([], items, idOf)
  const last = page[page.length - 1]
  const at = last === undefined ? -1 : before.items.findIndex((one) => idOf(one) === idOf(last))
  const behind = before.items.slice(at + 1)
  if (nextCursor === null || at < 0 || behind.length === 0) return { items: page, nextCursor }
  return { items: unique(page, behind, idOf), nextCursor: before.nextCursor }
}

const unique = <T>(before: readonly T[], added: readonly T[], idOf: (item: T) => string) => {
  const seen = new Set(before.map(idOf))
  return [...before, ...added.filter((item) => !seen.has(idOf(item)) && seen.add(idOf(item)))]
}
