import { mayAsk, refusalReason } from '@sealcard/client'
import type { Refusal } from '@sealcard/kit'
import { routes } from '../../routes'
import { useServices, useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Notice } from '../../ui/notice'
import { Steps } from '../../ui/steps'
import { AskAccess } from '../requests/ask-access'
import { SettingsLink } from '../settings/settings-link'
import { webHelpFor } from './web-help'

interface Props {
  /** Empty: the page was opened without one. */
  shareId: string
  refusal: Refusal
  onRetry: () => void
}

/** Why there is no card, and what an honest recipient can do. */
export const RefusedCard = ({ shareId, refusal, onRetry }: Props) => {
  const { platform } = useServices()
  const { t } = useWords()
  const { steps, retry } = webHelpFor(refusal.kind)
  return (
    <main className="screen">
      <Notice
        heading="h1"
        icon={SIGN[refusal.kind] ?? '✉'}
        title={t(`refusal.${refusal.kind}`)}
        text={refusalReason(refusal, platform.kind, t)}
      />
      <Steps title={t('open.help')} steps={steps.map((step) => t(step))} />
      {shareId !== '' && mayAsk(refusal.kind) ? <AskAccess shareId={shareId} /> : null}
      {retry ? <ActionButton onClick={onRetry}>{t('common.retry')}</ActionButton> : null}
      <a className="action action--plain" href={routes.home}>
        {t('common.home')}
      </a>
      <SettingsLink away />
      {refusal.requestId ? (
        <p className="reference">{t('common.request', { id: refusal.requestId })}</p>
      ) : null}
    </main>
  )
}

const SIGN: Partial<Record<Refusal['kind'], string>> = {
  unreachable: '!',
  'rate-limited': '!',
  setup: '!',
}
