import { useEffect, useState } from 'react'
import { computerNow } from '../adapters/computer-clock.js'
import { api } from './api.js'
import { useLive } from './live.js'

const tickEvery = 5000

/** The simulated time, asked once per change and ticking along with the computer's in between. */
export const useClock = (): number | null => {
  const clock = useLive(async () => {
    const { now, frozen } = await api.clock()
    return { now, frozen, ahead: now - computerNow() }
  }, ['clock'])
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), tickEvery)
    return () => clearInterval(timer)
  }, [])
  if (!clock.value) return null
  return clock.value.frozen ? clock.value.now : computerNow() + clock.value.ahead
}
