import type { ChatView, PhoneView } from '../../../src/contract.js'
import type { Words } from '../words.js'
import { Avatar } from './avatar.js'
import { AppsIcon, ChatsIcon } from './icons.js'
import { clockTime } from './time.js'

export type Tab = 'chats' | 'apps'

export interface HomeScreenProps {
  phone: PhoneView
  chats: ChatView[]
  tab: Tab
  appName: string
  words: Words
  setTab(tab: Tab): void
  openChat(chat: string): void
  openMiniProgram(): void
}

const ChatRow = ({ chat, words, open }: { chat: ChatView; words: Words; open(): void }) => {
  const last = chat.cards.at(-1)
  return (
    <button type="button" className="row" aria-label={chat.title} onClick={open}>
      <Avatar name={chat.title} group={chat.kind === 'group'} />
      <span className="row-main">
        <span className="row-title">
          {chat.title}
          {chat.interop && <span className="tag">{words.interop}</span>}
        </span>
        <span className="row-last">
          {chat.left ? words.left : last ? `${words.cardPreview} ${last.title}` : words.noMessages}
        </span>
      </span>
      {last && <time className="row-time">{clockTime(last.sentAt)}</time>}
    </button>
  )
}

/** Both clients: chats, and where mini-programs are found. */
export const HomeScreen = (props: HomeScreenProps) => {
  const { phone, chats, tab, appName, words, setTab, openChat, openMiniProgram } = props
  const wecom = phone.client === 'wecom'
  const sorted = [...chats].sort(
    (a, b) => (b.cards.at(-1)?.sentAt ?? 0) - (a.cards.at(-1)?.sentAt ?? 0),
  )
  const tabs: [Tab, string, typeof ChatsIcon][] = [
    ['chats', wecom ? words.messages : words.chats, ChatsIcon],
    ['apps', wecom ? words.workbench : words.miniPrograms, AppsIcon],
  ]
  return (
    <div className="screen">
      <header className="bar is-home">
        <h2>{tab === 'chats' ? (wecom ? words.messages : words.wechat) : tabs[1]?.[1]}</h2>
      </header>
      {tab === 'chats' ? (
        <ul className="rows">
          {sorted.length === 0 && <li className="empty">{words.noChats}</li>}
          {sorted.map((chat) => (
            <li key={chat.id}>
              <ChatRow chat={chat} words={words} open={() => openChat(chat.id)} />
            </li>
          ))}
        </ul>
      ) : (
        <div className="apps">
          <h3>{words.recent}</h3>
          <button type="button" className="app" onClick={openMiniProgram}>
            <span className="app-icon" aria-hidden="true" />
            <span>{appName}</span>
          </button>
          <p className="muted">{words.recentHint}</p>
        </div>
      )}
      <div className="launch">
        <button type="button" className="pill" onClick={openMiniProgram}>
          {words.openMiniProgram}
        </button>
      </div>
      <nav className="tabs">
        {tabs.map(([id, label, Icon]) => (
          <button
            key={id}
            type="button"
            aria-current={tab === id ? 'page' : undefined}
            onClick={() => setTab(id)}
          >
            <Icon size={22} />
            {label}
          </button>
        ))}
      </nav>
    </div>
  )
}
