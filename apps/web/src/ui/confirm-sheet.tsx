import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import { ActionButton } from './action-button'

interface Props {
  title: string
  text: string
  confirm: string
  /** Of the button that confirms. */
  kind?: 'primary' | 'danger'
  cancel: string
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before something that cannot be undone, or leads away. The keyboard stays inside, and goes back to where it was. */
export const ConfirmSheet = ({
  title,
  text,
  confirm,
  kind = 'danger',
  cancel,
  onConfirm,
  onCancel,
}: Props) => {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const safe = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    const before = document.activeElement
    safe.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key !== 'Tab') return
    const stops = [...(panel.current?.querySelectorAll('button') ?? [])]
    const [first, last] = [stops[0], stops[stops.length - 1]]
    const [end, next] = event.shiftKey ? [first, last] : [last, first]
    if (document.activeElement !== end) return
    event.preventDefault()
    next?.focus()
  }

  return (
    <div className="sheet">
      <div className="sheet__shade" aria-hidden="true" onClick={onCancel} />
      <div
        ref={panel}
        className="sheet__panel"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        onKeyDown={onKeyDown}
      >
        <h2 id={`${id}-title`} className="sheet__title">
          {title}
        </h2>
        <p id={`${id}-text`} className="sheet__text">
          {text}
        </p>
        <ActionButton kind={kind} onClick={onConfirm}>
          {confirm}
        </ActionButton>
        <div className="sheet__gap" />
        <ActionButton ref={safe} kind="plain" onClick={onCancel}>
          {cancel}
        </ActionButton>
      </div>
    </div>
  )
}
