import { useRef, useState } from 'react'
import type { ChatCard } from '../../../src/contract.js'
import type { Words } from '../words.js'
import { ForwardIcon, LockIcon, MoreIcon } from './icons.js'

export interface CardProps {
  card: ChatCard
  appName: string
  words: Words
  open: () => void
  menu: () => void
}

/** Thumbnails that cards come without get a drawn one: an envelope. */
const NoPicture = () => (
  <svg viewBox="0 0 200 160" className="card-blank" aria-hidden="true">
    <rect width="200" height="160" className="card-blank-ground" />
    <path d="M52 54h96v60H52z" className="card-blank-paper" />
    <path d="m52 56 48 34 48-34" className="card-blank-fold" fill="none" strokeWidth="4" />
    <circle cx="100" cy="92" r="10" className="card-blank-seal" />
  </svg>
)

/** W21: imageUrl is a picture of the package (from its root) or a network address. */
const pictureUrl = (imageUrl: string): string =>
  /^https?:\/\//.test(imageUrl) ? imageUrl : `/weapp/assets/${imageUrl.replace(/^\//, '')}`

const Picture = ({ imageUrl }: { imageUrl: string | null }) => {
  const [failed, setFailed] = useState(false)
  if (!imageUrl || failed) return <NoPicture />
  return <img src={pictureUrl(imageUrl)} alt="" onError={() => setFailed(true)} />
}

/** SIM: a link's picture is not fetched; the desk asks no other host. */
const LinkWords = ({ card }: { card: ChatCard }) => (
  <>
    <span className="card-title">{card.title || card.link?.url}</span>
    <span className="card-link">
      <span className="card-desc">{card.link?.desc || hostOf(card.link?.url ?? '')}</span>
      <span className="card-thumb">
        <NoPicture />
      </span>
    </span>
  </>
)

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

const holdFor = 450

/** A card of the mini-program, or a link to a web page. Tap opens; a long press, the right button or the small button beside it offers more. */
export const Card = ({ card, appName, words, open, menu }: CardProps) => {
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const held = useRef(false)
  const stop = () => clearTimeout(timer.current)
  const start = () => {
    held.current = false
    stop()
    timer.current = setTimeout(() => {
      held.current = true
      menu()
    }, holdFor)
  }
  return (
    <div className="card-line">
      <button
        type="button"
        className="card"
        onPointerDown={start}
        onPointerUp={stop}
        onPointerLeave={stop}
        onPointerCancel={stop}
        onContextMenu={(event) => {
          event.preventDefault()
          stop()
          menu()
        }}
        onClick={() => !held.current && open()}
      >
        {card.link ? (
          <LinkWords card={card} />
        ) : (
          <>
            <span className="card-app">
              <span className="card-app-icon" aria-hidden="true" />
              {appName}
            </span>
            <span className="card-title">{card.title}</span>
            <span className="card-picture">
              <Picture imageUrl={card.imageUrl} />
            </span>
          </>
        )}
        <span className="card-foot">
          {card.private ? (
            <span className="lock">
              <LockIcon size={13} /> {words.privateMessage}
            </span>
          ) : (
            <span>{card.link ? words.webPage : words.miniProgram}</span>
          )}
          {card.forwardedFrom !== null && (
            <span className="lock">
              <ForwardIcon size={13} /> {words.forwardedNote}
            </span>
          )}
        </span>
      </button>
      <button
        type="button"
        className="card-more"
        aria-label={`${words.cardMenu}: ${card.title}`}
        onClick={menu}
      >
        <MoreIcon size={18} />
      </button>
    </div>
  )
}
