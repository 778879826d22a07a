import { emptyPaged, pagedReducer, type Paged, type PagedAction } from '@sealcard/client'
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

  const { nextCursor, more, phase } = state
  const loadMore = useCallback(async () => {
    if (phase !== 'ready' || nextCursor === null || more === 'loading') return
    const mine = run.current
    dispatch({ type: 'more' })
    try {
      dispatch({ type: 'appended', run: mine, ...(await latest.current.load(nextCursor)) })
    } catch (error) {
      dispatch({ type: 'more-failed', run: mine, error })
    }
  }, [phase, nextCursor, more])

  return { ...state, reload, loadMore }
}
