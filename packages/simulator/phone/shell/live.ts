import { useCallback, useEffect, useRef, useState } from 'react'

type Listener = () => void

const pollEvery = 3000
const listeners = new Set<Listener>()
let source: EventSource | null = null
let poll: ReturnType<typeof setInterval> | undefined
let soon: ReturnType<typeof setTimeout> | undefined

/** Many changes at once are one look. */
const notify = (): void => {
  clearTimeout(soon)
  soon = setTimeout(() => listeners.forEach((listener) => listener()), 30)
}

const startPolling = (): void => {
  poll ??= setInterval(notify, pollEvery)
}

const stopPolling = (): void => {
  clearInterval(poll)
  poll = undefined
}

/** One stream for the whole page: a browser gives a host six connections, and a wall of phones would use them all up. */
const connect = (): void => {
  if (source || document.hidden) return
  source = new EventSource('/simulator/events')
  source.onmessage = notify
  source.onopen = () => {
    stopPolling()
    notify()
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

/** What `read` answers, read again whenever the world changed. */
export const useLive = <T>(read: () => Promise<T>): Live<T> => {
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
      (error: Error) => {
        if (turn === asked.current) setState((before) => ({ value: before.value, error }))
      },
    )
  }, [])
  useEffect(() => {
    reload()
    return subscribe(reload)
  }, [reload])
  return { ...state, reload }
}
