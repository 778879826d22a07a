import { useState } from 'react'
import type { ChatView } from '../../../src/contract.js'
import type { Words } from '../words.js'
import { Avatar } from './avatar.js'
import { Confirm } from './dialogs.js'
import { useDialog } from './use-dialog.js'

export interface ShareSheetProps {
  title: string
  isPrivate: boolean
  chats: ChatView[]
  words: Words
  send: (chat: string) => void
  leave: () => void
}

/** 选择一个聊天, then 发送给: two steps, as in both clients. */
export const ShareSheet = ({ title, isPrivate, chats, words, send, leave }: ShareSheetProps) => {
  const [chosen, setChosen] = useState<ChatView | null>(null)
  const ref = useDialog<HTMLDivElement>(leave)
  return (
    <div
      className="full-sheet"
      role="dialog"
      aria-modal="true"
      aria-label={words.chooseChat}
      ref={ref}
    >
      <header className="bar">
        <button type="button" className="bar-text" onClick={leave}>
          {words.cancel}
        </button>
        <h2>{words.chooseChat}</h2>
      </header>
      <ul className="rows">
        {chats
          .filter((chat) => !chat.left)
          .map((chat) => (
            <li key={chat.id}>
              <button type="button" className="row" onClick={() => setChosen(chat)}>
                <Avatar name={chat.title} group={chat.kind === 'group'} />
                <span className="row-main">
                  <span className="row-title">{chat.title}</span>
                </span>
              </button>
            </li>
          ))}
      </ul>
      {chosen && (
        <Confirm
          chat={chosen}
          title={title}
          isPrivate={isPrivate}
          words={words}
          leave={() => setChosen(null)}
          send={() => send(chosen.id)}
        />
      )}
    </div>
  )
}
