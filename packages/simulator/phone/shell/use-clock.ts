import { useCallback, useEffect, useRef, useState } from 'react'
import { computerNow } from '../adapters/computer-clock.js'
import { api, type WorldTime } from './api.js'
import { useLive } from './live.js'

const tickEvery = 5000

const nowOf = (time: WorldTime | null): number =>
  time?.frozen ? time.now : computerNow() + (time?.ahead ?? 0)

export interface WorldClock {
  /** Milliseconds UTC; null until the simulator answered. */
  now: number | null
  /** By how much the world is ahead of the computer, ms. */
  ahead: number
  /** The time at the moment of the call. */
  read: () => number
}

/** The simulated time, asked once per change and ticking along with the computer's in between. */
export const useClock = (): WorldClock => {
  const { value } = useLive(api.clock, ['clock'])
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  }, [value])
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), tickEvery)
    return () => clearInterval(timer)
  }, [])
  const read = useCallback(() => nowOf(latest.current), [])
  return { now: value && nowOf(value), ahead: value?.ahead ?? 0, read }
}
