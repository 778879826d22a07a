import type { BotChat, ChatCard, ChatView, PhoneView } from '../../../src/contract.js'
import type { Words } from '../words.js'
import { Avatar } from './avatar.js'
import { AppsIcon, ChatsIcon } from './icons.js'
import { clockTime } from './time.js'

export type Tab = 'chats' | 'apps'

export interface HomeScreenProps {
  phone: PhoneView
  chats: ChatView[]
  bots: BotChat[]
  /** What apps wrote. */
  apps: BotChat[]
  tab: Tab
  appName: string
  words: Words
  setTab: (tab: Tab) => void
  openChat: (chat: string) => void
  openBot: (bot: string) => void
  openApp: (app: string) => void
  openMiniProgram: () => void
  openWebPage: () => void
}

/** What a row of chats says of the newest card. */
const cardPreview = ({ title, link }: ChatCard, words: Words): string =>
  `${link ? words.linkPreview : words.cardPreview} ${title}`

const ChatRow = ({ chat, words, open }: { chat: ChatView; words: Words; open: () => void }) => {
  const last = chat.cards.at(-1)
  return (
    <button type="button" className="row" onClick={open}>
      <Avatar name={chat.title} group={chat.kind === 'group'} />
      <span className="row-main">
        <span className="row-title">
          <span>{chat.title}</span>
          {chat.interop && <span className="tag">{words.interop}</span>}
        </span>
        <span className="row-last">
          {chat.left ? words.left : last ? cardPreview(last, words) : words.noMessages}
        </span>
      </span>
      {last && <time className="row-time">{clockTime(last.sentAt)}</time>}
    </button>
  )
}

/** What a chat with a bot shows of its newest message. */
const previewOf = (chat: BotChat, words: Words): string => {
  const line = chat.lines.at(-1)
  if (line?.kind === 'card') return line.card.main_title?.title ?? line.card.sub_title_text ?? ''
  if (line?.kind === 'failed') return words.botFailed
  return line?.text ?? words.noMessages
}

interface BotRowProps {
  chat: BotChat
  tag: string
  words: Words
  open: () => void
}

const BotRow = ({ chat, tag, words, open }: BotRowProps) => {
  const last = chat.lines.at(-1)
  return (
    <button type="button" className="row" onClick={open}>
      <Avatar name={chat.name} />
      <span className="row-main">
        <span className="row-title is-tagged">
          <span>{chat.name}</span>
          <span className="tag">{tag}</span>
        </span>
        <span className="row-last">{previewOf(chat, words)}</span>
      </span>
      {last && <time className="row-time">{clockTime(last.at)}</time>}
    </button>
  )
}

/** Both clients: chats, and where mini-programs are found. */
export const HomeScreen = (props: HomeScreenProps) => {
  const { phone, chats, bots, apps, tab, appName, words } = props
  const { setTab, openChat, openBot, openApp, openMiniProgram, openWebPage } = props
  const wecom = phone.client === 'wecom'
  const rows = [
    ...chats.map((chat) => ({
      id: chat.id,
      at: chat.cards.at(-1)?.sentAt ?? 0,
      row: <ChatRow chat={chat} words={words} open={() => openChat(chat.id)} />,
    })),
    ...bots.map((chat) => ({
      id: `bot ${chat.id}`,
      at: chat.lines.at(-1)?.at ?? 0,
      row: <BotRow chat={chat} tag={words.bot} words={words} open={() => openBot(chat.id)} />,
    })),
    ...apps.map((chat) => ({
      id: `app ${chat.id}`,
      at: chat.lines.at(-1)?.at ?? 0,
      row: <BotRow chat={chat} tag={words.appSender} words={words} open={() => openApp(chat.id)} />,
    })),
  ].sort((a, b) => b.at - a.at)
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
          {rows.length === 0 && <li className="empty">{words.noChats}</li>}
          {rows.map(({ id, row }) => (
            <li key={id}>{row}</li>
          ))}
        </ul>
      ) : (
        <div className="apps">
          <h3>{words.recent}</h3>
          <button type="button" className="app" onClick={openMiniProgram}>
            <span className="app-icon" aria-hidden="true" />
            <span>{appName}</span>
          </button>
          {phone.webHome && (
            <button type="button" className="app" onClick={openWebPage}>
              <span className="app-icon" aria-hidden="true" />
              <span>
                {appName} · {words.webPage}
              </span>
            </button>
          )}
          <p className="muted">{words.recentHint}</p>
        </div>
      )}
      <div className="launch">
        <button type="button" className="pill" onClick={openMiniProgram}>
          {words.openMiniProgram}
        </button>
      </div>
      <nav className="tabs" aria-label={`${words.tabs} · ${phone.personName} ${phone.version}`}>
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
