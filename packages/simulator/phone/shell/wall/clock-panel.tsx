import { useState } from 'react'
import type { CallRecord } from '../../../src/contract.js'
import { api } from '../api.js'
import { aheadText, fullTime } from '../phone/time.js'
import { usePreferences } from '../preferences.js'
import { useClock } from '../use-clock.js'
import { expiriesIn } from './log/shown-calls.js'
import type { Act } from './use-action.js'

const hour = 3_600_000
const day = 24 * hour

const minute = 60_000

/** Before and after the expiry of a card. The platform knows of none: they are read in what services answered to phones. */
const Expiries = ({ act, calls, now }: { act: Act; calls: CallRecord[]; now: number }) => {
  const { words } = usePreferences()
  const [chosen, setChosen] = useState('')
  const found = expiriesIn(calls)
  const one = found.find(({ title, at }) => `${title} ${at}` === chosen) ?? found[0]
  if (!one) return <p className="muted">{words.noExpiries}</p>
  const go = (ms: number) => () => api.setClock(Math.max(0, one.at + ms))
  return (
    <>
      <label className="stacked">
        {words.expiryOf}
        <select
          value={`${one.title} ${one.at}`}
          onChange={(event) => setChosen(event.target.value)}
        >
          {found.map(({ title, at }) => (
            <option key={`${title} ${at}`} value={`${title} ${at}`}>
              {title} · {fullTime(at)}
              {at < now ? ' ✕' : ''}
            </option>
          ))}
        </select>
      </label>
      <div className="panel-buttons">
        <button type="button" onClick={act(go(-minute), words.beforeExpiry)}>
          {words.beforeExpiry}
        </button>
        <button type="button" onClick={act(go(minute), words.afterExpiry)}>
          {words.afterExpiry}
        </button>
      </div>
    </>
  )
}

/** The one time of the platforms, the phones, and a service that reads the simulator's clock file. */
export const ClockPanel = ({ act, calls }: { act: Act; calls: CallRecord[] }) => {
  const { words } = usePreferences()
  const { now, ahead } = useClock()
  const steps: [string, number][] = [
    [words.addHour, hour],
    [words.addDay, day],
    [words.addWeek, 7 * day],
    [words.addMonths, 120 * day],
  ]
  return (
    <section className="panel">
      <h3>{words.clock}</h3>
      <p className="muted">{words.clockHint}</p>
      <p className="big">{now === null ? '…' : fullTime(now)}</p>
      <p className="shift">{aheadText(ahead, words)}</p>
      <div className="panel-buttons">
        {steps.map(([label, ms]) => (
          <button key={ms} type="button" onClick={act(() => api.advance(ms), label)}>
            {label}
          </button>
        ))}
        <button type="button" onClick={act(api.backToNow, words.clockReset)}>
          {words.clockReset}
        </button>
      </div>
      <Expiries act={act} calls={calls} now={now ?? 0} />
    </section>
  )
}
