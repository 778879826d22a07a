import { formatTime, LABEL_MAX, shareTrouble } from '@sealcard/client'
import { View } from '@tarojs/components'
import type { Shared } from '@sealcard/client'
import type { DeclareState } from '@sealcard/kit'
import { t, w } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { TypedInput } from '../../ui/typed-field'
import './share-panel.css'

interface Props {
  state: DeclareState
  /** The last share from this phone, as far as the platform reports it. */
  shared: Shared | null
  onLabel: (text: string) => void
  onRetry: () => void
}

/** The share button, for whom it is, and what is known about sharing before it is pressed. */
export const SharePanel = ({ state, shared, onLabel, onRetry }: Props) => (
  <View className="share-panel">
    {state.step === 'failed' && !state.canRetry ? null : (
      <View className="share-panel__label">
        <View className="share-panel__field">{t('label.field')}</View>
        <TypedInput
          id="label"
          className="share-panel__input"
          initial=""
          maxlength={LABEL_MAX}
          placeholder={t('label.hint')}
          placeholderClass="share-panel__placeholder"
          onInput={(event) => onLabel(event.detail.value)}
          {...aria({ label: t('label.field') })}
        />
      </View>
    )}
    {state.step === 'failed' ? (
      <>
        <Banner icon="!" tone="warn" text={shareTrouble(state, t)} />
        {state.canRetry ? (
          <View className="share-panel__row">
            <ActionButton id="share-retry" kind="plain" onClick={onRetry}>
              {t('common.retry')}
            </ActionButton>
          </View>
        ) : null}
      </>
    ) : (
      <>
        {state.step === 'ready' ? (
          <Banner icon="✓" tone="good" text={t('card.share-promise')} />
        ) : null}
        <View className="share-panel__row">
          <ActionButton id="share" openType="share" disabled={state.step !== 'ready'}>
            {state.step === 'ready' ? t('card.share') : t('card.preparing')}
          </ActionButton>
        </View>
        <View className="share-panel__notes">
          {shared ? <View>{sharedText(shared)}</View> : null}
          {state.step === 'ready' ? (
            <View>{t('card.share-until', { time: formatTime(state.share.shareUntil) })}</View>
          ) : null}
        </View>
      </>
    )}
  </View>
)

const sharedText = ({ at, label }: Shared) =>
  label === undefined
    ? w('label.tapped', { time: formatTime(at) })
    : w('label.tapped-for', { time: formatTime(at), label })
