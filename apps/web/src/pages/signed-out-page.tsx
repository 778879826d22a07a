import type { Departed } from '@sealcard/client'
import { useServices, useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Notice } from '../ui/notice'
import { useTitle } from '../use-page'

/** Stands for the person's pages after they left. */
export const SignedOutPage = ({ why }: { why: Departed }) => {
  const { signIn } = useServices()
  const { t } = useWords()
  useTitle(t(`session.is-${why}`))
  return (
    <main className="screen">
      <Notice
        heading="h1"
        icon="✓"
        title={t(`session.is-${why}`)}
        text={t(`session.is-${why}-why`)}
      >
        <ActionButton onClick={signIn}>{t('session.in')}</ActionButton>
      </Notice>
    </main>
  )
}
