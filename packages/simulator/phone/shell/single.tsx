import { useEffect } from 'react'
import { api } from './api.js'
import { useLive } from './live.js'
import { PageHeader } from './page-header.js'
import { PhoneScreens } from './phone/phone.js'
import { usePreferences } from './preferences.js'
import { useApp } from './use-app.js'

/** One phone alone: the whole window of a small screen, a device on a large one. */
export const Single = ({ id }: { id: string }) => {
  const { words } = usePreferences()
  const app = useApp()
  const phone = useLive(() => api.phone(id), ['phones', 'people'])
  const people = useLive(api.people, ['people'])
  const title = phone.value && `${phone.value.personName} · ${words[phone.value.client]}`
  useEffect(() => {
    if (title) document.title = title
  }, [title])
  return (
    <div className="single">
      <PageHeader>
        <h1>{title ?? id}</h1>
        <a href="/">{words.backToWall}</a>
      </PageHeader>
      <main>
        {phone.error && (
          <p className="offline" role="alert">
            {phone.error.message}
          </p>
        )}
        {phone.value && people.value && app && (
          <div className="device">
            <PhoneScreens phone={phone.value} people={people.value} app={app} />
          </div>
        )}
      </main>
    </div>
  )
}
