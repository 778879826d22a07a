import { formatTime, shareTrouble } from '@sealcard/client'
import { View } from '@tarojs/components'
import type { DeclareState } from '@sealcard/kit'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import './share-panel.css'

interface Props {
  state: DeclareState
  onRetry: () => void
}

/** The share button, and what is known about sharing before it is pressed. */
export const SharePanel = ({ state, onRetry }: Props) => (
  <View className="share-panel">
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
        {state.step === 'ready' ? (
          <View className="share-panel__windows">
            <View>{t('card.share-until', { time: formatTime(state.share.shareUntil) })}</View>
            <View>{t('card.verify-until', { time: formatTime(state.share.verifyUntil) })}</View>
          </View>
        ) : null}
      </>
    )}
  </View>
)
