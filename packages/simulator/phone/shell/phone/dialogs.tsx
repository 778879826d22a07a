import type { ReactNode } from 'react'
import type { ChatView } from '../../../src/contract.js'
import type { Words } from '../words.js'
import { Avatar } from './avatar.js'
import { LockIcon } from './icons.js'
import { useDialog } from './use-dialog.js'

interface SheetProps {
  label: string
  words: Words
  leave: () => void
  children: ReactNode
}

/** What slides in from the bottom. */
export const Sheet = ({ label, words, leave, children }: SheetProps) => {
  const ref = useDialog<HTMLDivElement>(leave)
  return (
    <div className="scrim" onClick={(event) => event.target === event.currentTarget && leave()}>
      <div className="sheet" role="dialog" aria-modal="true" aria-label={label} ref={ref}>
        {children}
        <button type="button" className="sheet-cancel" onClick={leave}>
          {words.cancel}
        </button>
      </div>
    </div>
  )
}

export const Alert = ({
  title,
  text,
  words,
  leave,
}: {
  title: string
  text: string
  words: Words
  leave: () => void
}) => {
  const ref = useDialog<HTMLDivElement>(leave)
  return (
    <div className="scrim is-centred">
      <div className="alert" role="alertdialog" aria-modal="true" aria-label={title} ref={ref}>
        <strong>{title}</strong>
        <p>{text}</p>
        <button type="button" className="is-strong" onClick={leave}>
          {words.gotIt}
        </button>
      </div>
    </div>
  )
}

export const Confirm = ({
  chat,
  title,
  isPrivate,
  words,
  leave,
  send,
}: {
  chat: ChatView
  title: string
  isPrivate: boolean
  words: Words
  leave: () => void
  send: () => void
}) => {
  const ref = useDialog<HTMLDivElement>(leave)
  return (
    <div className="scrim is-centred">
      <div className="alert" role="dialog" aria-modal="true" aria-label={words.sendTo} ref={ref}>
        <strong>{words.sendTo}</strong>
        <div className="alert-chat">
          <Avatar name={chat.title} group={chat.kind === 'group'} />
          <span>{chat.title}</span>
        </div>
        <p className="alert-card">
          {words.cardPreview} {title}
          {isPrivate && (
            <span className="lock">
              <LockIcon size={14} /> {words.privateMessage}
            </span>
          )}
        </p>
        <div className="alert-buttons">
          <button type="button" onClick={leave}>
            {words.cancel}
          </button>
          <button type="button" className="is-strong" onClick={send}>
            {words.send}
          </button>
        </div>
      </div>
    </div>
  )
}
