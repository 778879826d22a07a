import { describeError } from '@sealcard/client'
import { useCardFilter } from '../features/cards/use-card-filter'
import { useSession } from '../features/session/use-session'
import type { Route } from '../routes'
import { useServices, useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { CardPage } from './card-page'
import { EditPage } from './edit-page'
import { ListPage } from './list-page'
import { SettingsPage } from './settings-page'
import { SignInPage } from './sign-in-page'
import { SignedOutPage } from './signed-out-page'
import { WritePage } from './write-page'

/** One's own cards. All of it needs a session. */
export const Views = ({ route }: { route: Exclude<Route, { view: 'open' | 'doctor' }> }) => {
  const { departure, place } = useServices()
  const { t } = useWords()
  const { state, ask, leave } = useSession()
  const filter = useCardFilter()
  if (state.step === 'asking') {
    return (
      <main className="screen">
        <Skeleton label={t('common.loading')} />
      </main>
    )
  }
  if (state.step === 'out') {
    const departed = departure.read()
    if (departed) return <SignedOutPage why={departed} />
    return <SignInPage failed={place === 'wecom'} />
  }
  if (state.step === 'failed') {
    const { text, requestId } = describeError(state.error, t)
    return (
      <main className="screen">
        <Notice
          heading="h1"
          icon="!"
          title={text}
          small={requestId ? t('common.request', { id: requestId }) : undefined}
        >
          <ActionButton kind="plain" onClick={() => void ask()}>
            {t('common.retry')}
          </ActionButton>
        </Notice>
      </main>
    )
  }
  if (route.view === 'write') return <WritePage viewerId={state.session.viewer.id} />
  const viewerId = state.session.viewer.id
  if (route.view === 'card') return <CardPage key={route.id} id={route.id} viewerId={viewerId} />
  if (route.view === 'edit') return <EditPage key={route.id} id={route.id} />
  if (route.view === 'settings') return <SettingsPage leave={leave} />
  return <ListPage box={route.box} viewerId={viewerId} filter={filter} />
}
