import { useState } from 'react'
import type { Words } from '../words.js'
import { Sheet } from './dialogs.js'
import { BackIcon, CloseIcon, ForwardIcon, LinkIcon, MoreIcon, RefreshIcon } from './icons.js'
import type { WebPageRun } from './use-web-page.js'

interface Props {
  run: WebPageRun
  phoneId: string
  words: Words
  /** Sends what the attachment bar opened: the bar's own button. */
  sendHere: () => void
}

const FORWARD = 'menuItem:share:appMessage'
const COPY = 'menuItem:copyUrl'

const Menu = ({ run, words, leave }: { run: WebPageRun; words: Words; leave: () => void }) => {
  const { hidden, menuHidden, page } = run.state
  const has = (item: string) => !menuHidden && !hidden.includes(item)
  const then = (work: () => void) => () => {
    leave()
    work()
  }
  return (
    <Sheet label={words.menu} words={words} leave={leave}>
      <div className="menu">
        {has(FORWARD) && (
          <button type="button" onClick={then(run.forward)}>
            <ForwardIcon />
            {words.forward}
          </button>
        )}
        {has(COPY) && page && (
          <button
            type="button"
            onClick={then(() => void navigator.clipboard.writeText(page.address))}
          >
            <LinkIcon />
            {words.copyLink}
          </button>
        )}
        <button type="button" onClick={then(run.reload)}>
          <RefreshIcon />
          {words.refresh}
        </button>
      </div>
      {!has(FORWARD) && <p className="muted is-note">{words.noSharing}</p>}
    </Sheet>
  )
}

/** A web page over the whole phone: the client's own bar, and the page below it in a frame. */
export const WebScreen = ({ run, phoneId, words, sendHere }: Props) => {
  const { page, title, hidden, loads } = run.state
  const [menu, setMenu] = useState(false)
  if (!page) return null
  return (
    <section className="web-page" aria-label={`${words.webPage} ${title}`}>
      <header className="bar web-bar">
        <button type="button" className="bar-icon" aria-label={words.close} onClick={run.close}>
          {page.attachment ? <CloseIcon /> : <BackIcon />}
        </button>
        <h2>
          <span>{title || words.loading}</span>
          <small>{page.address.replace(/^https?:\/\/([^/?#]+).*$/i, '$1')}</small>
        </h2>
        <button
          type="button"
          className="bar-icon"
          aria-label={words.menu}
          onClick={() => setMenu(true)}
        >
          <MoreIcon size={20} />
        </button>
      </header>
      <iframe
        key={`${page.view} ${loads}`}
        ref={run.frame}
        title={`${words.webPage} ${phoneId}`}
        src={page.frame + page.path}
        allow="clipboard-write"
      />
      {page.attachment && !hidden.includes('sendMessage') && (
        <footer className="web-send">
          <button type="button" className="pill" onClick={sendHere}>
            {words.send}
          </button>
        </footer>
      )}
      {menu && <Menu run={run} words={words} leave={() => setMenu(false)} />}
    </section>
  )
}
