import { formatTime, LABEL_MAX, shareTrouble, type Shared } from '@sealcard/client'
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
          <>
            <div className="group__lines">
              <LabelField share={share} />
            </div>
            <ActionButton kind="plain" onClick={share.retry}>
              {t('common.retry')}
            </ActionButton>
          </>
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
        <LabelField share={share} />
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
      <LastShare shared={share.shared} />
      {state.step === 'ready' ? (
        <p className="share-panel__notes">
          {w('share.menu')}
          <br />
          {t('card.share-until', { time: formatTime(state.share.shareUntil) })}
        </p>
      ) : null}
    </section>
  )
}

const LabelField = ({ share }: { share: ReturnType<typeof useShare> }) => {
  const { t } = useWords()
  return (
    <div className="field field--below">
      <label className="field__head" htmlFor="share-label">
        {t('label.field')}
      </label>
      <input
        id="share-label"
        className="field__input"
        dir="auto"
        autoComplete="off"
        maxLength={LABEL_MAX}
        value={share.label}
        placeholder={t('label.hint')}
        onChange={(event) => {
          share.setLabel(event.target.value)
        }}
      />
    </div>
  )
}

/** What the client said of the last share: it was sent. */
const LastShare = ({ shared }: { shared: Shared | null }) => {
  const { w } = useWords()
  if (shared === null) return null
  const time = formatTime(shared.at)
  return (
    <p className="share-panel__notes" dir="auto">
      {shared.label === undefined
        ? w('share.sent-at', { time })
        : w('share.sent-for', { time, label: shared.label })}
    </p>
  )
}

const SendingNote = ({ sending }: { sending: Sending }) => {
  const { w } = useWords()
  if (sending === 'sent') return <Banner icon="✓" tone="good" text={w('share.sent')} />
  if (sending === 'failed') return <Banner icon="!" tone="bad" text={w('share.failed')} />
  return null
}
