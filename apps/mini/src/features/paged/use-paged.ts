import { emptyPaged, type Paged, type PagedAction, pagedReducer } from '@sealcard/client'
import { useCallback, useReducer, useRef } from 'react'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export interface PagedList<T> extends Paged<T> {
  reload: (options?: { keep?: boolean }) => Promise<void>
  loadMore: () => Promise<void>
}

/** `load` and `idOf` may be new functions at every rendering; the latest are used. */
export const usePaged = <T>(
  load: (cursor: string | undefined) => Promise<Page<T>>,
  idOf: (item: T) => string,
): PagedList<T> => {
  const latest = useRef({ load, idOf })
  latest.current = { load, idOf }
  const run = useRef(0)
  const [state, dispatch] = useReducer(
    (before: Paged<T>, action: PagedAction<T>) =>
      pagedReducer<T>((item) => latest.current.idOf(item))(before, action),
    emptyPaged as Paged<T>,
  )

  const reload = useCallback(async ({ keep = false } = {}) => {
    const mine = ++run.current
    dispatch({ type: 'reload', run: mine, keep })
    try {
      dispatch({ type: 'loaded', run: mine, ...(await latest.current.load(undefined)) })
    } catch (error) {
      dispatch({ type: 'failed', run: mine, error })
    }
  }, [])

  const { nextCursor, phase } = state
  // The cursor that is being loaded: taps that come in one moment know only what the last rendering knew.
  const loading = useRef<string | null>(null)
  const loadMore = useCallback(async () => {
    if (phase !== 'ready' || nextCursor === null || loading.current === nextCursor) return
    const mine = run.current
    loading.current = nextCursor
    dispatch({ type: 'more' })
    try {
      dispatch({ type: 'appended', run: mine, ...(await latest.current.load(nextCursor)) })
    } catch (error) {
      dispatch({ type: 'more-failed', run: mine, error })
    } finally {
      loading.current = null
    }
  }, [phase, nextCursor])

  return { ...state, reload, loadMore }
}
