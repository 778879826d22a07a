import { useState } from 'react'
import { api } from '../api.js'
import { useLive } from '../live.js'
import { usePreferences } from '../preferences.js'

const key = 'sealcard-simulator:guide'

/** What a first-time visitor should do; stays away once read. */
export const Guide = () => {
  const { words } = usePreferences()
  const bots = useLive(api.bots, ['bots'])
  const [open, setOpen] = useState(() => localStorage.getItem(key) !== 'read')
  const toggle = () => {
    localStorage.setItem(key, open ? 'read' : 'open')
    setOpen(!open)
  }
  if (!open) {
    return (
      <button type="button" className="quiet guide-button" onClick={toggle}>
        {words.showGuide}
      </button>
    )
  }
  const steps = [words.guide1, words.guide2, words.guide3, words.guide4]
  return (
    <section className="guide" aria-label={words.guideTitle}>
      <ol>
        {[...steps, ...(bots.value?.length ? [words.guideBot] : [])].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <button type="button" className="quiet" onClick={toggle}>
        {words.hideGuide}
      </button>
    </section>
  )
}
