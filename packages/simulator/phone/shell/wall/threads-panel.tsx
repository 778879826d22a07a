import { useState, type FormEvent } from 'react'
import { api } from '../api.js'
import { useLive } from '../live.js'
import { usePreferences } from '../preferences.js'
import type { Act } from './use-action.js'

/** A phone runs a page's view and its logic in two threads; here a delay stands for the way between them. */
export const ThreadsPanel = ({ act }: { act: Act }) => {
  const { words } = usePreferences()
  const settings = useLive(api.settings, ['settings'])
  const now = settings.value?.phones.viewDelayMs
  const [typed, setTyped] = useState<string | null>(null)
  const set = (event: FormEvent) => {
    event.preventDefault()
    const viewDelayMs = Number(typed ?? now ?? 0)
    act(
      () => api.patchSettings({ phones: { viewDelayMs } }),
      `${words.threadsSet} ${viewDelayMs}`,
    )()
    setTyped(null)
  }
  return (
    <section className="panel">
      <h3>{words.threads}</h3>
      <p className="muted">{words.threadsHint}</p>
      <form className="panel-line" onSubmit={set}>
        <label className="grow">
          {words.threadsDelay}{' '}
          <input
            type="number"
            min={0}
            max={5000}
            required
            value={typed ?? now ?? ''}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit">{words.apply}</button>
      </form>
    </section>
  )
}
