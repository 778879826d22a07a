import { useState } from 'react'
import type { Client } from '../../../src/contract.js'
import { api } from '../api.js'
import { useLive } from '../live.js'
import { PageHeader } from '../page-header.js'
import { PhoneScreens } from '../phone/phone.js'
import { usePreferences } from '../preferences.js'
import { useApp } from '../use-app.js'
import { ControlPanel } from './control-panel.js'
import { Guide } from './guide.js'
import { PhoneLabel } from './phone-label.js'

type Filter = Client | 'all'

/** All phones side by side. */
export const Wall = () => {
  const { words } = usePreferences()
  const app = useApp()
  const phones = useLive(api.phones, ['phones', 'people'])
  const people = useLive(api.people, ['people'])
  const [filter, setFilter] = useState<Filter>('all')
  const shown = (phones.value ?? []).filter(({ client }) => filter === 'all' || client === filter)
  const hasWebPage = (phones.value ?? []).some(({ webHome }) => webHome)
  const filters: [Filter, string][] = [
    ['all', words.allClients],
    ['wechat', words.wechat],
    ['wecom', words.wecom],
  ]
  return (
    <>
      <PageHeader>
        <h1>{words.siteTitle}</h1>
        <p className="muted">{words.siteLead}</p>
      </PageHeader>
      <main>
        <Guide />
        {phones.error && <p className="offline">{words.offline}</p>}
        <div className="filters" role="group" aria-label={words.onlyClient}>
          {filters.map(([id, label]) => (
            <button
              key={id}
              type="button"
              aria-pressed={filter === id}
              onClick={() => setFilter(id)}
            >
              {label}
            </button>
          ))}
        </div>
        {hasWebPage && (
          <a className="quiet" href="/simulator/web/browser" target="_blank" rel="noopener">
            {words.openInBrowser}
          </a>
        )}
        <ul className="wall" aria-label={words.phones}>
          {app &&
            people.value &&
            shown.map((phone) => (
              <li key={phone.id}>
                <section aria-label={`${phone.personName} · ${words[phone.client]}`}>
                  <PhoneLabel phone={phone} />
                  <div className="device">
                    <PhoneScreens phone={phone} people={people.value ?? []} app={app} />
                  </div>
                </section>
              </li>
            ))}
        </ul>
        <ControlPanel phones={phones.value ?? []} people={people.value ?? []} />
      </main>
    </>
  )
}
