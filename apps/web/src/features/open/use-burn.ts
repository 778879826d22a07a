import { useEffect, useState } from 'react'
import { useServices } from '../../services'

/** Counts down while the words are shown. @param lasts ms; null: for ever @returns what is left */
export const useBurn = (lasts: number | null): number | null => {
  const { now } = useServices()
  // An object: a second that brings nothing new is followed by the next all the same.
  const [at, setAt] = useState({ left: lasts })
  const [end] = useState(() => now() + (lasts ?? 0))
  useEffect(() => {
    if (!at.left) return
    // By the clock: a page in the background has no timers, and the time goes on.
    const timer = setTimeout(() => {
      setAt({ left: Math.max(0, end - now()) })
    }, 1000)
    return () => {
      clearTimeout(timer)
    }
  }, [at, end, now])
  return at.left
}
