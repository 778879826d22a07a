import type { AdminApps, AdminHealth } from '@sealcard/protocol'
import { Alert } from 'antd'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { useAppFilter } from '../../ui/use-address'
import { AppPanel } from './app-panel'
import { appsWords } from './words'

const EVERY_MS = 15_000

/** A panel for each app: how its platform and its bots do. It reads again by itself. */
export const AppsPage = () => {
  const t = useWords(appsWords)
  const chosen = useAppFilter()
  const apps = useRead<AdminApps>('apps')
  const health = useRead<AdminHealth>('health', {}, { every: EVERY_MS })
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Loaded read={health} rows={8}>
        {({ apps: states, bots }) => {
          const shown = states.filter(({ app }) => chosen === undefined || app === chosen)
          if (shown.length === 0) return <Alert type="info" showIcon title={t('none')} />
          return (
            <div style={{ display: 'grid', gap: 16 }}>
              {shown.map((state) => (
                <AppPanel
                  key={state.app}
                  state={state}
                  app={apps.data?.items.find(({ id }) => id === state.app)}
                  bots={bots.filter(({ app }) => app === state.app)}
                />
              ))}
            </div>
          )
        }}
      </Loaded>
    </>
  )
}
