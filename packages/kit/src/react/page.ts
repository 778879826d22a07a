import { useEffect, useRef } from 'react'

/** When the page shows and when it goes. Taro's hooks fit as they are. */
export interface PageHooks {
  useDidShow: (run: () => void) => void
  useUnload: (run: () => void) => void
}

/** The same, and what the platform shares. */
export interface SharePageHooks extends PageHooks {
  useShareAppMessage: (message: () => { title: string; path: string; imageUrl: string }) => void
}

/**
 * A page of React alone: it shows when it mounts and goes when it unmounts. StrictMode mounts twice: the first controller
 * leaves before it has asked for anything, so a card is opened once.
 */
export const mountedPage: PageHooks = {
  useDidShow: (run) => {
    const latest = useLatest(run)
    useEffect(() => {
      latest.current()
    }, [latest])
  },
  useUnload: (run) => {
    const latest = useLatest(run)
    useEffect(
      () => () => {
        latest.current()
      },
      [latest],
    )
  },
}

/** The value of the last rendering, for what runs later. */
export const useLatest = <T>(value: T): { current: T } => {
  const latest = useRef(value)
  latest.current = value
  return latest
}
