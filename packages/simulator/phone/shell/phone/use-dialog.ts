import { useEffect, useRef } from 'react'

const focusable =
  'button:not([disabled]),[href],input:not([disabled]),[tabindex]:not([tabindex="-1"])'

/** Focus goes into a dialogue, stays there, and comes back; Escape leaves it. */
export const useDialog = <T extends HTMLElement>(leave: () => void) => {
  const ref = useRef<T>(null)
  const latest = useRef(leave)
  useEffect(() => {
    latest.current = leave
  })
  useEffect(() => {
    const el = ref.current
    if (!el) return undefined
    const before = document.activeElement as HTMLElement | null
    const all = () => [...el.querySelectorAll<HTMLElement>(focusable)]
    all()[0]?.focus({ preventScroll: true })
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.stopPropagation()
        latest.current()
      }
      if (event.key !== 'Tab') return
      const items = all()
      const edge = event.shiftKey ? items[0] : items.at(-1)
      if (document.activeElement !== edge) return
      event.preventDefault()
      ;(event.shiftKey ? items.at(-1) : items[0])?.focus()
    }
    el.addEventListener('keydown', onKey)
    return () => {
      el.removeEventListener('keydown', onKey)
      before?.focus({ preventScroll: true })
    }
  }, [])
  return ref
}
