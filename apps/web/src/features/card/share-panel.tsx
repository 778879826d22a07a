import { formatTime, shareTrouble } from '@sealcard/client'
import { useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { ToggleLine } from '../../ui/toggle-line'
import type { Sending, useShare } from './use-share'

/** The share buttons, and what is known about sharing before they are pressed. */
export const SharePanel = ({ share }: { share: ReturnType<typeof useShare> }) => {
  const { t, w } = useWords()
  const { state, sending, inChat } = share
  if (state.step === 'failed') {
    return (
      <section className="share-panel">
        <Banner icon="!" tone="warn" text={shareTrouble(state, t)} />
        {state.canRetry ? (
          <ActionButton kind="plain" onClick={share.retry}>
            {t('common.retry')}
          </ActionButton>
        ) : null}
      </section>
    )
  }
  const ready = state.step === 'ready'
  return (
    <section className="share-panel" aria-label={t('card.share')}>
      {ready ? <Banner icon="✓" tone="good" text={t('card.share-promise')} /> : null}
      <div className="group__lines">
        <ToggleLine
          label={w('share.show-title')}
          detail={w('share.show-title-hint')}
          checked={share.showTitle}
          onChange={share.setShowTitle}
        />
      </div>
      <SendingNote sending={sending} />
      {inChat ? (
        <ActionButton
          disabled={!ready}
          busy={sending === 'sending'}
          onClick={() => void share.send('this')}
        >
          {sending === 'sending' ? w('share.sending') : w('share.to-this-chat')}
        </ActionButton>
      ) : null}
      <ActionButton
        kind={inChat ? 'plain' : 'primary'}
        disabled={!ready}
        busy={sending === 'sending'}
        onClick={() => void share.send('chosen')}
      >
        {ready ? t('card.share') : t('card.preparing')}
      </ActionButton>
      {state.step === 'ready' ? (
        <p className="share-panel__notes">
          {w('share.menu')}
          <br />
          {t('card.share-until', { time: formatTime(state.share.shareUntil) })}
          <br />
          {t('card.verify-until', { time: formatTime(state.share.verifyUntil) })}
        </p>
      ) : null}
    </section>
  )
}

const SendingNote = ({ sending }: { sending: Sending }) => {
  const { w } = useWords()
  if (sending === 'sent') return <Banner icon="✓" tone="good" text={w('share.sent')} />
  if (sending === 'failed') return <Banner icon="!" tone="bad" text={w('share.failed')} />
  return null
}
