import { useEffect, useState } from 'react'
import { AskCard } from '../features/open/ask-card'
import { OpenedCard } from '../features/open/opened-card'
import { RefusedCard } from '../features/open/refused-card'
import { useOpenCard } from '../features/open/use-open-card'
import { useSession } from '../features/session/use-session'
import { useTitle } from '../use-page'
import { routes } from '../routes'
import { useServices, useWords } from '../services'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { SignInPage } from './sign-in-page'

/** A card that another person sent. Login and proof start side by side; the words come last, and alone. */
export const OpenPage = ({ shareId, ask }: { shareId: string; ask: boolean }) => {
  const { departure, platform } = useServices()
  const { t } = useWords()
  // Opening a card is asking to be signed in. Before any call of this page.
  useState(departure.clear)
  const session = useSession()
  const { state, confirm, retry, acknowledge } = useOpenCard(shareId, ask)
  useTitle(t('open.title'))
  const opened = state.step === 'opened'
  useEffect(() => {
    if (opened) void platform.hideForwarding()
  }, [opened, platform])

  if (session.state.step === 'out') return <SignInPage failed />
  if (state.step === 'opening') {
    return (
      <main className="screen">
        <Skeleton label={t('open.opening')} lines={2} />
        <p className="opening">{t('open.opening')}</p>
      </main>
    )
  }
  if (state.step === 'opened') return <OpenedCard state={state} onAcknowledge={acknowledge} />
  if (state.step === 'own') return <OwnCard cardId={state.cardId} />
  if (state.step === 'asking') return <AskCard peek={state.peek} onOpen={confirm} />
  return <RefusedCard shareId={shareId} refusal={state.refusal} onRetry={retry} />
}

/** The owner came to their own card through its bubble: they see it, its readers and its revocation on its page. */
const OwnCard = ({ cardId }: { cardId: string }) => {
  const { t } = useWords()
  const href = routes.ownCard(cardId)
  useEffect(() => {
    window.location.replace(href)
  }, [href])
  return (
    <main className="screen">
      <Notice heading="h1" icon="✉" title={t('open.own')} text={t('open.own-why')}>
        <a className="action action--plain" href={href}>
          {t('open.own-go')}
        </a>
      </Notice>
    </main>
  )
}
