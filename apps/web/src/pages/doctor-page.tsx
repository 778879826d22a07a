import { describeError } from '@sealcard/client'
import { failedCall, useDoctor } from '../features/doctor/use-doctor'
import { useServices, useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { useTitle } from '../use-page'
import { OnlyInWecom } from './only-in-wecom'

/** The link that `sealcard doctor h5` prints leads here. */
export const DoctorPage = ({ run }: { run: string }) => {
  const { place } = useServices()
  return place === 'wecom' ? <Examination run={run} /> : <OnlyInWecom shared={false} />
}

const Examination = ({ run }: { run: string }) => {
  const { t, w } = useWords()
  const { pageFacts } = useServices()
  const { state, begin, share } = useDoctor(run)
  useTitle(w('doctor.title'))
  const again = (
    <ActionButton kind="plain" onClick={() => void begin()}>
      {t('common.retry')}
    </ActionButton>
  )
  const send = <ActionButton onClick={() => void share()}>{w('doctor.share')}</ActionButton>
  const { sdk, blocked } = pageFacts()
  const facts = [
    w('doctor.sdk', { version: sdk }),
    ...(blocked.length > 0 ? [w('doctor.blocked', { what: blocked.join(', ') })] : []),
  ].join(' ')
  switch (state.step) {
    case 'asking':
      return (
        <main className="screen">
          <Skeleton label={t('common.loading')} />
        </main>
      )
    case 'ready':
      return (
        <Page title={w('doctor.title')} text={w('doctor.ready')} small={facts}>
          {send}
        </Page>
      )
    case 'sent':
      return (
        <Page title={w('share.sent')} text={w('doctor.sent')} small={facts}>
          {send}
        </Page>
      )
    case 'given':
      return <Page title={w('doctor.given')} text={w('doctor.given-why')} small={facts} />
    case 'closed':
      return (
        <Page title={w('doctor.closed')} text={w('doctor.closed-why')}>
          {again}
        </Page>
      )
    case 'failed': {
      const { text, requestId } = describeError(state.error, t)
      const request = requestId ? t('common.request', { id: requestId }) : undefined
      return (
        <Page title={text} small={failedCall(state.error) ?? request}>
          {again}
        </Page>
      )
    }
  }
}

const Page = (props: Omit<Parameters<typeof Notice>[0], 'icon' | 'heading'>) => (
  <main className="screen">
    <Notice heading="h1" icon="✉" {...props} />
  </main>
)
