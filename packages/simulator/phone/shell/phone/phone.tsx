import { useEffect, useRef, useState } from 'react'
import type {
  BotTarget,
  ChatCard,
  ChatView,
  Person,
  PhoneView,
  WebCall,
} from '../../../src/contract.js'
import { api, type BotCall, RefusedError } from '../api.js'
import { useLive } from '../live.js'
import { usePhoneLanguage, usePreferences, wordsOfPhone } from '../preferences.js'
import { inWords } from '../refusals.js'
import { useClock } from '../use-clock.js'
import { BotChatScreen } from './bot-chat.js'
import { ChatScreen } from './chat-screen.js'
import { Alert, Sheet } from './dialogs.js'
import { HomeScreen, type Tab } from './home-screen.js'
import { ForwardIcon } from './icons.js'
import { MiniProgramScreen } from './mini-program.js'
import { ShareSheet } from './share-sheet.js'
import { StatusBar } from './status-bar.js'
import { useMiniProgram } from './use-mini-program.js'
import { useWebPage } from './use-web-page.js'
import { WebScreen } from './web-screen.js'

/** Somebody at the desk lets this phone open a card. */
export interface PhoneOrder {
  phone: string
  card: ChatCard
}

export interface PhoneProps {
  phone: PhoneView
  people: Person[]
  app: { appid: string; name: string }
  order?: PhoneOrder | null
}

interface Notice {
  title: string
  text: string
}

/** One phone: its chats, and the mini-program over them. */
export const PhoneScreens = ({ phone, people, app, order = null }: PhoneProps) => {
  const { theme } = usePreferences()
  const language = usePhoneLanguage(phone.language)
  const words = wordsOfPhone(language)
  const chats = useLive(() => api.chatsOf(phone.id), ['chats', 'people'])
  const bots = useLive(() => api.botsOf(phone.id), ['bots', 'people'])
  const senders = useLive(() => api.messagesOf(phone.id), ['messages', 'people'])
  const clock = useClock()
  const run = useMiniProgram(phone, app, { theme, language, now: clock.read })
  const web = useWebPage(phone)
  const [tab, setTab] = useState<Tab>('chats')
  const [chatId, setChatId] = useState<string | null>(null)
  const [botId, setBotId] = useState<string | null>(null)
  const [senderId, setSenderId] = useState<string | null>(null)
  const [cardMenu, setCardMenu] = useState<ChatCard | null>(null)
  const [forwarding, setForwarding] = useState<ChatCard | null>(null)
  const [notice, setNotice] = useState<Notice | null>(null)
  const [toast, setToast] = useState('')

  const list: ChatView[] = chats.value ?? []
  const chat = list.find((one) => one.id === chatId)
  const bot = bots.value?.find((one) => one.id === botId)
  const sender = senders.value?.find((one) => one.id === senderId)
  const nameOf = (person: string) => people.find((one) => one.id === person)?.name ?? person
  const attempt = async (title: string, work: () => Promise<unknown>) => {
    try {
      await work()
      return true
    } catch (error) {
      const text = error instanceof RefusedError ? inWords(error.message, words) : String(error)
      setNotice({ title, text })
      return false
    }
  }
  const openWeb = (call: WebCall) => {
    run.hide()
    return web.open(call)
  }
  const openRecent = () => void attempt(words.refusedOpen, () => run.open({ via: 'recent' }))
  const openCard = (card: ChatCard) =>
    void attempt(words.refusedOpen, () =>
      card.link
        ? openWeb({ via: 'card', card: card.id })
        : run.open({ via: 'card', card: card.id }),
    )
  const obey = useRef(openCard)
  useEffect(() => {
    obey.current = openCard
  })
  useEffect(() => {
    if (!order) return
    setChatId(order.card.chat)
    obey.current(order.card)
  }, [order])
  const tell = (to: string, call: BotCall) =>
    attempt(words.refusedTitle, () => api.tellBot(to, phone.person, call))
  const openBot = (id: string) => {
    setBotId(id)
    void tell(id, { kind: 'enter' })
  }
  const openPage = ({ appid, pagepath = '' }: BotTarget) => {
    if (appid !== app.appid) setNotice({ title: words.refusedOpen, text: words.otherApp })
    else void attempt(words.refusedOpen, () => run.open({ via: 'bot', path: pagepath }))
  }
  const say = (text: string) => {
    setToast(text)
    setTimeout(() => setToast(''), 1500)
  }
  const sendShare = async (target: string) => {
    const { share } = run.state
    if (!share) return
    const sent = await attempt(words.refusedTitle, () =>
      api.share(phone.id, { ...share, chat: target }),
    )
    run.shareDone()
    if (sent) say(words.sent)
  }
  const sendWebShare = async (target: string) => {
    const { share } = web.state
    if (!share) return
    const sent = await attempt(words.refusedTitle, () =>
      api.shareWeb(phone.id, { ...share.call, chat: target }),
    )
    web.shareDone(sent ? 'ok' : 'cancel')
    if (sent) say(words.sent)
  }
  /** The attachment bar's own "send": the page itself, to the chat that it was opened from. */
  const sendAttachment = async () => {
    const { page, title } = web.state
    const place = web.last.current
    if (!page || !place || !chatId) return
    const { document, address } = place
    const call = { view: page.view, document, address, args: { title }, api: 'menu' as const }
    const sent = await attempt(words.refusedTitle, () =>
      api.shareWeb(phone.id, { ...call, chat: chatId }),
    )
    if (sent) {
      web.close()
      say(words.sent)
    }
  }
  const sendForward = async (target: string) => {
    const card = forwarding
    if (!card) return
    const sent = await attempt(words.refusedTitle, () =>
      api.forward(phone.id, { card: card.id, chat: target }),
    )
    setForwarding(null)
    if (sent) say(words.sent)
  }

  return (
    <div className="phone" data-client={phone.client} lang={language === 'en' ? 'en' : 'zh-CN'}>
      <StatusBar now={clock.now} />
      <div className="phone-screens">
        {chat ? (
          <ChatScreen
            chat={chat}
            me={phone.person}
            nameOf={nameOf}
            appName={app.name}
            words={words}
            back={() => setChatId(null)}
            open={openCard}
            menu={setCardMenu}
            openMiniProgram={openRecent}
            openAttachment={
              phone.webHome
                ? () =>
                    void attempt(words.refusedOpen, () =>
                      openWeb({ via: 'attachment', chat: chat.id }),
                    )
                : null
            }
          />
        ) : bot ? (
          <BotChatScreen
            chat={bot}
            myName={phone.personName}
            words={words}
            back={() => setBotId(null)}
            tell={(call) => tell(bot.id, call)}
            openPage={openPage}
          />
        ) : sender ? (
          <BotChatScreen
            chat={sender}
            myName={phone.personName}
            words={words}
            back={() => setSenderId(null)}
            openPage={openPage}
          />
        ) : (
          <HomeScreen
            phone={phone}
            chats={list}
            bots={bots.value ?? []}
            apps={senders.value ?? []}
            tab={tab}
            appName={app.name}
            words={words}
            setTab={setTab}
            openChat={setChatId}
            openBot={openBot}
            openApp={setSenderId}
            openMiniProgram={openRecent}
            openWebPage={() => void attempt(words.refusedOpen, () => openWeb({ via: 'home' }))}
          />
        )}
        <MiniProgramScreen run={run} phoneId={phone.id} appName={app.name} words={words} />
        <WebScreen
          run={web}
          phoneId={phone.id}
          words={words}
          sendHere={() => void sendAttachment()}
        />
        {cardMenu && (
          <Sheet label={words.cardMenu} words={words} leave={() => setCardMenu(null)}>
            <div className="menu">
              <button
                type="button"
                disabled={cardMenu.private && !phone.forwardsPrivate}
                onClick={() => {
                  setForwarding(cardMenu)
                  setCardMenu(null)
                }}
              >
                <ForwardIcon />
                {words.forward}
              </button>
            </div>
            {cardMenu.private && !phone.forwardsPrivate && (
              <p className="muted is-note">{words.noForward}</p>
            )}
          </Sheet>
        )}
        {run.state.share && (
          <ShareSheet
            title={run.state.share.share.title ?? app.name}
            isPrivate={false}
            chats={list}
            words={words}
            send={(target) => void sendShare(target)}
            leave={run.shareDone}
          />
        )}
        {web.state.share && (
          <ShareSheet
            title={web.state.share.title}
            isPrivate={web.state.share.private}
            chats={list}
            words={words}
            send={(target) => void sendWebShare(target)}
            leave={() => web.shareDone('cancel')}
          />
        )}
        {forwarding && (
          <ShareSheet
            title={forwarding.title}
            isPrivate={forwarding.private}
            chats={list}
            words={words}
            send={(target) => void sendForward(target)}
            leave={() => setForwarding(null)}
          />
        )}
        {notice && <Alert {...notice} words={words} leave={() => setNotice(null)} />}
        <div className="toast" role="status">
          {toast && <span>{toast}</span>}
        </div>
      </div>
    </div>
  )
}
