import { useCallback, useEffect, useRef, useState } from 'react'
import { useLatest, type PageHooks } from './page.js'

interface Controller {
  show(): Promise<void>
  leave(): void
}

/**
 * One controller for as long as the page lives and its id stays the same.
 * @param id of what the controller is for; another id is another controller
 * @param make a controller that reports its states to the function that it gets
 * @param first the state before the page has shown
 */
export const useController = <C extends Controller, S>(
  page: PageHooks,
  id: string,
  make: (onChange: (state: S) => void) => C,
  first: S,
): { state: S; get: () => C } => {
  const [held, setHeld] = useState({ id, state: first })
  const latest = useLatest({ id, make })
  const made = useRef<{ id: string; controller: C } | null>(null)

  const leave = useCallback(() => {
    made.current?.controller.leave()
    made.current = null
  }, [])

  const get = useCallback((): C => {
    const now = latest.current
    if (made.current?.id !== now.id) {
      leave()
      const controller = now.make((state) => {
        setHeld({ id: now.id, state })
      })
      made.current = { id: now.id, controller }
    }
    return made.current.controller
  }, [latest, leave])

  page.useDidShow(() => void get().show())
  page.useUnload(leave)
  useEffect(() => {
    if (made.current && made.current.id !== id) void get().show()
  }, [get, id])

  return { state: held.id === id ? held.state : first, get }
}
