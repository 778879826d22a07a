import { createWatch } from '@sealcard/client'
import { useEffect, useRef } from 'react'

const after = (ms: number, then: () => void) => {
  const timer = setTimeout(then, ms)
  return () => {
    clearTimeout(timer)
  }
}

/** Asks for news while the page is seen. @param on there is something to wait for */
export const useWatch = (on: boolean, ask: () => Promise<boolean>) => {
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
  })
  useEffect(() => {
    if (!on) return undefined
    const watch = createWatch({ ask: () => latest.current(), after })
    const follow = () => {
      if (document.visibilityState === 'visible') watch.start()
      else watch.stop()
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      watch.stop()
    }
  }, [on])
}
