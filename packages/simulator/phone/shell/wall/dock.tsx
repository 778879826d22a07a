import { useState, type KeyboardEvent } from 'react'
import type { Person, PhoneView } from '../../../src/contract.js'
import { api } from '../api.js'
import { useLive } from '../live.js'
import { usePreferences } from '../preferences.js'
import { ControlPanel } from './control-panel.js'
import { LogPanel } from './log/log-panel.js'
import type { Stage } from './stage.js'

type Tab = 'control' | 'log'
const nothing = { calls: [], cards: [] }

interface Props {
  phones: PhoneView[]
  people: Person[]
  stage: Stage
}

/** Beside the phones on a wide screen, a sheet over them on a narrow one. */
export const Dock = ({ phones, people, stage }: Props) => {
  const { words } = usePreferences()
  const [tab, setTab] = useState<Tab>('control')
  const [open, setOpen] = useState(false)
  const calls = useLive(api.calls, ['calls'])
  const list = calls.value ?? nothing
  const tabs: [Tab, string][] = [
    ['control', words.tabControl],
    ['log', words.tabLog],
  ]
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const at = tabs.findIndex(([id]) => id === tab)
    const [next] = tabs[(at + step + tabs.length) % tabs.length] ?? []
    if (!next) return
    setTab(next)
    document.getElementById(`dock-tab-${next}`)?.focus()
  }
  return (
    <aside className="dock" id="dock" tabIndex={-1} aria-label={words.dock} data-open={open}>
      <button
        type="button"
        className="dock-handle"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? words.closeDock : words.openDock}
      </button>
      <div className="dock-inside">
        <div className="dock-tabs" role="tablist" aria-label={words.dockTabs} onKeyDown={move}>
          {tabs.map(([id, label]) => (
            <button
              key={id}
              id={`dock-tab-${id}`}
              type="button"
              role="tab"
              aria-selected={tab === id}
              aria-controls={`dock-${id}`}
              tabIndex={tab === id ? 0 : -1}
              onClick={() => setTab(id)}
            >
              {label}
            </button>
          ))}
        </div>
        <div
          id={`dock-${tab}`}
          role="tabpanel"
          aria-labelledby={`dock-tab-${tab}`}
          className="dock-panel"
          tabIndex={0}
        >
          {tab === 'control' && (
            <ControlPanel phones={phones} people={people} calls={list.calls} stage={stage} />
          )}
          {tab === 'log' && <LogPanel list={list} phones={phones} />}
        </div>
      </div>
    </aside>
  )
}
