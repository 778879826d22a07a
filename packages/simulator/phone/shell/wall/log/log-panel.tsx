import { useState } from 'react'
import type { CallLayer, CallList, PhoneView } from '../../../../src/contract.js'
import { api } from '../../api.js'
import { usePreferences } from '../../preferences.js'
import { layerName, LogLine } from './log-line.js'
import { everyCall, matches, type LogFilter } from './shown-calls.js'

const layers: CallLayer[] = ['person', 'wx', 'request', 'bridge', 'platform', 'callback']

interface SelectProps {
  label: string
  value: string
  all: string
  options: [value: string, label: string][]
  choose: (value: string) => void
}

const Select = ({ label, value, all, options, choose }: SelectProps) => (
  <label>
    {label}
    <select value={value} onChange={(event) => choose(event.target.value)}>
      <option value="">{all}</option>
      {options.map(([id, text]) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  </label>
)

interface Props {
  list: CallList
  phones: PhoneView[]
}

/** Every call between phones, services and platforms, newest first. */
export const LogPanel = ({ list, phones }: Props) => {
  const { words } = usePreferences()
  const [filter, setFilter] = useState<LogFilter>(everyCall)
  const [paused, setPaused] = useState<CallList | null>(null)
  const [message, setMessage] = useState('')
  const { calls, cards } = paused ?? list
  const shown = calls.filter((call) => matches(filter, call)).reverse()
  const set = (change: Partial<LogFilter>) => setFilter({ ...filter, ...change })
  const copy = (text: () => Promise<string> | string) => {
    Promise.resolve(text())
      .then((found) => globalThis.navigator.clipboard.writeText(found))
      .then(
        () => setMessage(words.copied),
        () => setMessage(words.notCopied),
      )
  }
  const titleOf = (label: string | null) => cards.find((one) => one.label === label)?.title ?? ''
  return (
    <section className="log" aria-label={words.log}>
      <p className="muted">{words.logLead}</p>
      <div className="log-filters">
        <Select
          label={words.filterPhone}
          value={filter.phone}
          all={words.everyPhone}
          options={[...phones.map(({ id }): [string, string] => [id, id]), ['-', words.servers]]}
          choose={(phone) => set({ phone })}
        />
        <Select
          label={words.filterCard}
          value={filter.card}
          all={words.everyCard}
          options={cards.map(({ label, title }) => [label, `${label} · ${title}`])}
          choose={(card) => set({ card })}
        />
        <Select
          label={words.filterLayer}
          value={filter.layer}
          all={words.everyLayer}
          options={layers.map((layer) => [layer, layerName(layer, words)])}
          choose={(layer) => set({ layer: layer as LogFilter['layer'] })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={filter.failures}
            onChange={(event) => set({ failures: event.target.checked })}
          />
          {words.onlyFailures}
        </label>
      </div>
      <div className="panel-buttons">
        <button type="button" onClick={() => setPaused(paused ? null : list)}>
          {paused ? words.goOn : words.pause}
        </button>
        <button
          type="button"
          disabled={shown.length === 0}
          onClick={() => copy(() => JSON.stringify(shown, null, 2))}
        >
          {words.copyShown}
        </button>
        <button type="button" onClick={() => void api.clearCalls()}>
          {words.clearLog}
        </button>
        <span role="status">{message}</span>
      </div>
      {shown.length === 0 && (
        <p className="muted">{calls.length === 0 ? words.logEmpty : words.logNone}</p>
      )}
      <ol className="log-list">
        {shown.map((call) => (
          <LogLine key={call.n} call={call} title={titleOf(call.card)} copy={copy} />
        ))}
      </ol>
    </section>
  )
}
