import { useEffect, useRef } from 'react'
import { useServices } from './services'

/** The title of the window, which WeCom shows in its bar. */
export const useTitle = (title: string) => {
  useEffect(() => {
    document.title = title
  }, [title])
}

/** Runs when the page is seen again: out of the background, or out of the browser's memory. */
export const useBack = (back: () => void) => {
  const { onReturn } = useServices()
  const latest = useRef(back)
  latest.current = back
  useEffect(() => {
    const run = () => {
      if (document.visibilityState === 'visible') latest.current()
    }
    document.addEventListener('visibilitychange', run)
    const end = onReturn(run)
    return () => {
      document.removeEventListener('visibilitychange', run)
      end()
    }
  }, [onReturn])
}
