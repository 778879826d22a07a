import { useCallback, useEffect, useRef, useState } from 'react'
import type { SimulatorEvent } from '../../src/contract.js'

export type Change = SimulatorEvent['type']
type Listener = (changed: ReadonlySet<Change> | 'all') => void

const pollEvery = 3000
const listeners = new Set<Listener>()
let source: EventSource | null = null
let poll: ReturnType<typeof setInterval> | undefined
let soon: ReturnType<typeof setTimeout> | undefined
let waiting: Set<Change> | 'all' = new Set()

/** Many changes at once are one look. */
const notify = (change: Change | 'all'): void => {
  if (change === 'all' || change === 'reset' || waiting === 'all') waiting = 'all'
  else waiting.add(change)
  soon ??= setTimeout(() => {
    const changed = waiting
    waiting = new Set()
    soon = undefined
    listeners.forEach((listener) => listener(changed))
  }, 20)
}

const startPolling = (): void => {
  poll ??= setInterval(() => notify('all'), pollEvery)
}

const stopPolling = (): void => {
  clearInterval(poll)
  poll = undefined
}

/** One stream for the whole page: a browser gives a host six connections, and a wall of phones would use them all up. */
const connect = (): void => {
  if (source || document.hidden) return
  source = new EventSource('/simulator/events')
  source.onmessage = ({ data }: MessageEvent<string>) =>
    notify((JSON.parse(data) as SimulatorEvent).type)
  source.onopen = () => {
    stopPolling()
    notify('all')
  }
  source.onerror = startPolling
}

const disconnect = (): void => {
  source?.close()
  source = null
  stopPolling()
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) disconnect()
  else if (listeners.size > 0) connect()
})

const subscribe = (listener: Listener): (() => void) => {
  listeners.add(listener)
  connect()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) disconnect()
  }
}

export interface Live<T> {
  value: T | null
  error: Error | null
  reload(): void
}

/** What `read` answers, read again whenever something of these kinds changed. */
export const useLive = <T>(read: () => Promise<T>, kinds: readonly Change[]): Live<T> => {
  const [state, setState] = useState<{ value: T | null; error: Error | null }>({
    value: null,
    error: null,
  })
  const latest = useRef(read)
  const asked = useRef(0)
  useEffect(() => {
    latest.current = read
  })
  const reload = useCallback(() => {
    const turn = (asked.current += 1)
    latest.current().then(
      (value) => {
        if (turn === asked.current) setState({ value, error: null })
      },
      (error: unknown) => {
        if (turn === asked.current)
          setState((before) => ({ value: before.value, error: error as Error }))
      },
    )
  }, [])
  const wanted = kinds.join()
  useEffect(() => {
    reload()
    const concerns = new Set(wanted.split(','))
    return subscribe((changed) => {
      if (changed === 'all' || [...changed].some((kind) => concerns.has(kind))) reload()
    })
  }, [reload, wanted])
  return { ...state, reload }
}
