import { useState } from 'react'
import type { Client, PhoneView } from '../../../src/contract.js'
import { api, type SceneId } from '../api.js'
import { useLive } from '../live.js'
import { PageHeader } from '../page-header.js'
import { PhoneScreens, type PhoneOrder } from '../phone/phone.js'
import { usePreferences } from '../preferences.js'
import { useApp } from '../use-app.js'
import { Dock } from './dock.js'
import { Guide } from './guide.js'
import { PeopleNav } from './people-nav.js'
import { PhoneLabel } from './phone-label.js'

type Filter = Client | 'all'

/** People, phones and the dock side by side. */
export const Wall = () => {
  const { words } = usePreferences()
  const app = useApp()
  const phones = useLive(api.phones, ['phones', 'people'])
  const people = useLive(api.people, ['people'])
  const [filter, setFilter] = useState<Filter>('all')
  const [chosen, setChosen] = useState('')
  const [scene, setScene] = useState<SceneId | null>(null)
  // A scene's phones are new ones: nothing runs on them.
  const [stage, setStage] = useState(0)
  const [order, setOrder] = useState<PhoneOrder | null>(null)
  const all = phones.value ?? []
  const everybody = people.value ?? []
  // A phone that is not shown goes on running: what somebody writes on it stays.
  const hidden = ({ client }: PhoneView) => filter !== 'all' && client !== filter
  const one = all.find(({ id }) => id === chosen)?.id ?? all[0]?.id ?? ''
  const choose = (id: string) => {
    setChosen(id)
    setFilter('all')
  }
  const restage = () => {
    setScene(null)
    setStage((n) => n + 1)
    setOrder(null)
  }
  const set = async (next: SceneId) => {
    await api.setScene(next)
    restage()
    setScene(next)
  }
  const stranger = async () => {
    const { phone, card } = await api.sendToStranger()
    choose(phone)
    setOrder({ phone, card })
    document.getElementById(`phone-${phone}`)?.scrollIntoView({ block: 'nearest' })
  }
  const hasWebPage = all.some(({ webHome }) => webHome)
  const filters: [Filter, string][] = [
    ['all', words.allClients],
    ['wechat', words.wechat],
    ['wecom', words.wecom],
  ]
  return (
    <div className="desk">
      <a className="skip" href="#phones">
        {words.skipToPhones}
      </a>
      <a className="skip" href="#dock">
        {words.skipToDock}
      </a>
      <PageHeader>
        <h1>{words.siteTitle}</h1>
        <p className="muted">{words.siteLead}</p>
      </PageHeader>
      <div className="desk-columns">
        <PeopleNav people={everybody} phones={all} chosen={one} choose={choose} />
        <main id="phones" tabIndex={-1}>
          <Guide />
          {phones.error && (
            <p className="offline" role="alert">
              {words.offline}
            </p>
          )}
          <div className="wall-tools">
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
          </div>
          <ul className="wall" aria-label={words.phones}>
            {app &&
              people.value &&
              all.map((phone) => (
                <li
                  key={`${stage} ${phone.id}`}
                  id={`phone-${phone.id}`}
                  hidden={hidden(phone)}
                  data-chosen={phone.id === one}
                >
                  <section
                    aria-label={`${phone.personName} · ${words[phone.client]} ${phone.version}`}
                  >
                    <PhoneLabel phone={phone} />
                    <div className="device">
                      <PhoneScreens
                        phone={phone}
                        people={everybody}
                        app={app}
                        order={order?.phone === phone.id ? order : null}
                      />
                    </div>
                  </section>
                </li>
              ))}
          </ul>
        </main>
        <Dock phones={all} people={everybody} stage={{ scene, set, stranger, restage }} />
      </div>
    </div>
  )
}
