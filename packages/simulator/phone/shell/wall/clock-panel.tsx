import { api } from '../api.js'
import { aheadText, fullTime } from '../phone/time.js'
import { usePreferences } from '../preferences.js'
import { useClock } from '../use-clock.js'
import type { Act } from './use-action.js'

const hour = 3_600_000
const day = 24 * hour

/** The one time of the platforms, the phones, and a service that reads the simulator's clock file. */
export const ClockPanel = ({ act }: { act: Act }) => {
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
    </section>
  )
}
