import { useEffect, useRef, useState } from 'react'
import type { BotChat, BotLine, BotTarget } from '../../../src/contract.js'
import type { BotCall } from '../api.js'
import type { Words } from '../words.js'
import { Avatar } from './avatar.js'
import { BotCardView } from './bot-card.js'
import { BotText } from './bot-text.js'
import { BackIcon } from './icons.js'
import { shortTime } from './time.js'

export interface BotChatProps {
  chat: BotChat
  myName: string
  words: Words
  back: () => void
  /** Absent: an app that only writes. */
  tell?: (call: BotCall) => Promise<unknown>
  openPage: (target: BotTarget) => void
}

const gap = 5 * 60_000

const nobody = () => Promise.resolve()

/** The 1-to-1 chat with a smart bot, or what an app wrote. */
export const BotChatScreen = (props: BotChatProps) => {
  const { chat, myName, words, back, tell = nobody, openPage } = props
  const list = useRef<HTMLDivElement>(null)
  const shown = chat.lines.map(({ id, ...line }) => `${id}${'text' in line ? line.text : ''}`)
  const last = `${shown.length} ${shown.at(-1) ?? ''}`
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [last])
  const content = (line: BotLine) => {
    switch (line.kind) {
      case 'said':
        return <p className="bubble is-said">{line.text}</p>
      case 'text':
        return <BotText line={line} words={words} tell={tell} />
      case 'card': {
        const { task_id = '', card_type } = line.card
        return (
          <BotCardView
            // An updated card is a new card: it keeps no choice of the old card.
            key={JSON.stringify(line.card)}
            card={line.card}
            words={words}
            press={(pressed) => tell({ kind: 'click', task_id, card_type, ...pressed })}
            ask={(text) => void tell({ kind: 'text', text })}
            openPage={openPage}
          />
        )
      }
      default:
        return (
          <details className="bot-fault">
            <summary>{words.botFailed}</summary>
            {line.faults.map((fault, n) => (
              <p key={n}>{fault}</p>
            ))}
          </details>
        )
    }
  }
  return (
    <div className="screen">
      <header className="bar">
        <button type="button" className="bar-icon" aria-label={words.back} onClick={back}>
          <BackIcon />
        </button>
        <h2>
          {chat.name}
          <span className="tag">{props.tell ? words.bot : words.appSender}</span>
        </h2>
      </header>
      <div className="messages" ref={list} role="log" aria-label={chat.name} tabIndex={0}>
        {chat.lines.length === 0 && (
          <div className="empty">
            <p>{words.noMessages}</p>
            <p className="muted">{words.noBotMessagesHint}</p>
          </div>
        )}
        {chat.lines.map((line, index) => {
          const before = chat.lines[index - 1]
          const mine = line.kind === 'said'
          return (
            <div key={line.id}>
              {(!before || line.at - before.at > gap) && (
                <p className="moment">{shortTime(line.at)}</p>
              )}
              <div className={`message${mine ? ' is-mine' : ''}`}>
                <Avatar name={mine ? myName : chat.name} />
                <div className="message-body">{content(line)}</div>
              </div>
            </div>
          )
        })}
      </div>
      {props.tell && <Composer words={words} send={(text) => tell({ kind: 'text', text })} />}
    </div>
  )
}

const Composer = ({ words, send }: { words: Words; send: (text: string) => Promise<unknown> }) => {
  const [text, setText] = useState('')
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() === '') return
        setText('')
        void send(text.trim())
      }}
    >
      <input
        value={text}
        aria-label={words.message}
        placeholder={words.message}
        enterKeyHint="send"
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" disabled={text.trim() === ''}>
        {words.send}
      </button>
    </form>
  )
}
