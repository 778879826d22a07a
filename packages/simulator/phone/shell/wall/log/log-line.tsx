import { useState } from 'react'
import type { CallLayer, CallRecord } from '../../../../src/contract.js'
import { api } from '../../api.js'
import { secondsTime } from '../../phone/time.js'
import { usePreferences } from '../../preferences.js'
import type { Words } from '../../words.js'

export const layerName = (layer: CallLayer, words: Words): string =>
  ({
    person: words.layerPerson,
    wx: words.layerWx,
    request: words.layerRequest,
    bridge: words.layerBridge,
    platform: words.layerPlatform,
    callback: words.layerCallback,
  })[layer]

/** A letter, on a colour of its own: the letter says it to those who see no colour. */
export const CardMark = ({ label, title }: { label: string; title: string }) => {
  const { words } = usePreferences()
  const hue = (label.charCodeAt(label.length - 1) - 65) % 6
  return (
    <span className="card-mark" data-hue={hue} title={title}>
      <span className="only-heard">{words.aboutCard} </span>
      {label}
    </span>
  )
}

const Value = ({ label, value }: { label: string; value: unknown }) => (
  <>
    <p className="log-label">{label}</p>
    <pre tabIndex={0}>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>
  </>
)

interface Props {
  call: CallRecord
  title: string
  copy: (text: () => Promise<string> | string) => void
}

/** One call: its line, and what it holds when it is opened. */
export const LogLine = ({ call, title, copy }: Props) => {
  const { words } = usePreferences()
  const [open, setOpen] = useState(false)
  const { n, at, phone, layer, name, failed, outcome, ms, card } = call
  return (
    <li className={failed ? 'is-failed' : undefined}>
      <button
        type="button"
        className="log-line"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <time>{secondsTime(at)}</time>
        <span className="log-phone">{phone ?? words.servers}</span>
        <span className="log-layer">{layerName(layer, words)}</span>
        {card && <CardMark label={card} title={title} />}
        <span className="log-name">{name}</span>
        <span className="log-outcome">
          {failed && (
            <>
              <span aria-hidden="true">✕ </span>
              <span className="only-heard">{words.failedCall} </span>
            </>
          )}
          {outcome}
        </span>
        <span className="log-ms">{ms} ms</span>
      </button>
      {open && (
        <div className="log-body">
          <Value label={words.args} value={call.args} />
          <Value label={words.answer} value={call.answer} />
          {call.clear !== null && <Value label={words.clear} value={call.clear} />}
          {call.testable ? (
            <button type="button" onClick={() => copy(() => api.callAsTest(n))}>
              {words.copyAsTest}
            </button>
          ) : (
            <p className="muted">{words.noTest}</p>
          )}
        </div>
      )}
    </li>
  )
}
