import { useEffect, useRef } from 'react'
import type { ChatCard, ChatView } from '../../../src/contract.js'
import type { Words } from '../words.js'
import { Avatar } from './avatar.js'
import { Card } from './card.js'
import { BackIcon, LinkIcon } from './icons.js'
import { shortTime } from './time.js'

export interface ChatScreenProps {
  chat: ChatView
  me: string
  nameOf: (person: string) => string
  appName: string
  words: Words
  back: () => void
  open: (card: ChatCard) => void
  menu: (card: ChatCard) => void
  openMiniProgram: () => void
  /** Opens the app's web page from the attachment bar; null: it has none. */
  openAttachment: (() => void) | null
}

const groupGap = 5 * 60_000

export const ChatScreen = (props: ChatScreenProps) => {
  const { chat, me, nameOf, appName, words, back, open, menu, openMiniProgram, openAttachment } =
    props
  const list = useRef<HTMLDivElement>(null)
  const count = chat.cards.length
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [count])
  const size = chat.kind === 'group' ? ` (${chat.members.length})` : ''
  return (
    <div className="screen">
      <header className="bar">
        <button type="button" className="bar-icon" aria-label={words.back} onClick={back}>
          <BackIcon />
        </button>
        <h2>
          {chat.title}
          {size}
        </h2>
      </header>
      <div className="messages" ref={list} role="log" aria-label={chat.title} tabIndex={0}>
        {count === 0 && (
          <div className="empty">
            <p>{words.noMessages}</p>
            <p className="muted">{words.noMessagesHint}</p>
            <button type="button" className="pill" onClick={openMiniProgram}>
              {words.openMiniProgram}
            </button>
          </div>
        )}
        {chat.cards.map((card, index) => {
          const before = chat.cards[index - 1]
          const mine = card.from === me
          return (
            <div key={card.id}>
              {(!before || card.sentAt - before.sentAt > groupGap) && (
                <p className="moment">{shortTime(card.sentAt)}</p>
              )}
              <div className={`message${mine ? ' is-mine' : ''}`}>
                <Avatar name={nameOf(card.from)} />
                <div className="message-body">
                  {chat.kind === 'group' && !mine && (
                    <span className="message-from">{nameOf(card.from)}</span>
                  )}
                  <Card
                    card={card}
                    appName={appName}
                    words={words}
                    open={() => open(card)}
                    menu={() => menu(card)}
                  />
                </div>
              </div>
            </div>
          )
        })}
      </div>
      {openAttachment && !chat.left && (
        <footer className="attachments">
          <span className="muted">{words.attachment}</span>
          <button type="button" aria-label={words.openAttachment} onClick={openAttachment}>
            <LinkIcon size={20} />
            {appName}
          </button>
        </footer>
      )}
      {chat.left && (
        <footer className="notice">
          <strong>{words.left}</strong>
          <span>{words.leftHint}</span>
        </footer>
      )}
    </div>
  )
}
