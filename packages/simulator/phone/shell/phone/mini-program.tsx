import { useEffect, useRef, useState } from 'react'
import type { Words } from '../words.js'
import { Sheet } from './dialogs.js'
import {
  BackIcon,
  CameraIcon,
  CloseIcon,
  ForwardIcon,
  HomeIcon,
  MoreIcon,
  QuitIcon,
} from './icons.js'
import type { MiniProgram } from './use-mini-program.js'

interface Props {
  run: MiniProgram
  phoneId: string
  appName: string
  words: Words
}

const Menu = ({ run, words, leave }: { run: MiniProgram; words: Words; leave: () => void }) => {
  const canShare = run.state.chrome?.canShare === true
  const then = (work: () => void) => () => {
    leave()
    work()
  }
  return (
    <Sheet label={words.menu} words={words} leave={leave}>
      <div className="menu">
        <button
          type="button"
          disabled={!canShare}
          onClick={then(() => run.host.current?.shareFromMenu())}
        >
          <ForwardIcon />
          {words.forward}
        </button>
        <button type="button" onClick={then(() => run.host.current?.captureScreen())}>
          <CameraIcon />
          {words.capture}
        </button>
        <button type="button" onClick={then(() => void run.quit())}>
          <QuitIcon />
          {words.quit}
        </button>
      </div>
      {!canShare && <p className="muted is-note">{words.noSharing}</p>}
    </Sheet>
  )
}

/** The mini-program over the whole phone: the client's own bar, and the page below it in a frame. */
export const MiniProgramScreen = ({ run, phoneId, appName, words }: Props) => {
  const { state, host, loaded, hide } = run
  const [menu, setMenu] = useState(false)
  const frame = useRef<HTMLIFrameElement>(null)
  const { chrome } = state
  const start = useRef(loaded)
  useEffect(() => {
    start.current = loaded
  })
  if (!state.alive) return null
  const lead = () => {
    if (chrome?.canGoBack) {
      return { label: words.back, icon: <BackIcon />, press: () => host.current?.back() }
    }
    if (chrome?.homeButton) {
      return { label: words.backHome, icon: <HomeIcon />, press: () => host.current?.home() }
    }
    return null
  }
  const first = lead()
  const style = { background: chrome?.backgroundColor, color: chrome?.textStyle }
  return (
    <section
      className={`mini-program${chrome?.custom ? ' is-custom' : ''}`}
      aria-label={`${words.miniProgram} ${appName}`}
      hidden={!state.shown}
    >
      <header className="mini-bar" style={style} data-text={chrome?.textStyle}>
        <span className="mini-lead">
          {first && (
            <button
              type="button"
              className="bar-icon"
              aria-label={first.label}
              onClick={first.press}
            >
              {first.icon}
            </button>
          )}
        </span>
        <h2>
          {chrome?.loading && <span className="spinner" aria-hidden="true" />}
          {chrome?.title ?? ''}
        </h2>
        <span className="capsule">
          <button type="button" aria-label={words.menu} onClick={() => setMenu(true)}>
            <MoreIcon size={20} />
          </button>
          <button type="button" aria-label={words.close} onClick={hide}>
            <CloseIcon size={20} />
          </button>
        </span>
      </header>
      {state.missing && (
        <div className="empty">
          <p>{words.noPackage}</p>
          <p className="muted">{words.noPackageHint}</p>
        </div>
      )}
      <iframe
        key={state.runs}
        ref={frame}
        title={`${appName} ${phoneId}`}
        src="/frame.html"
        onLoad={() => frame.current && start.current(frame.current)}
      />
      {state.errors.length > 0 && (
        <details className="failures">
          <summary>
            {words.failures} ({state.errors.length})
          </summary>
          <pre>{state.errors.at(-1)}</pre>
        </details>
      )}
      {!chrome && !state.missing && (
        <p className="mini-loading" role="status">
          <span className="spinner" aria-hidden="true" /> {words.loading}
        </p>
      )}
      {menu && <Menu run={run} words={words} leave={() => setMenu(false)} />}
    </section>
  )
}
