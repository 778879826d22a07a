import { helpFor, mayAsk, refusalReason } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import type { PlatformKind, Refusal } from '@sealcard/kit'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Group } from '../../ui/group'
import { Notice } from '../../ui/notice'
import { AskAccess } from '../requests/ask-access'
import { SettingsLink } from '../settings/settings-link'
import './refused-card.css'

interface Props {
  /** Empty: the page was opened without one. */
  shareId: string
  refusal: Refusal
  platform: PlatformKind
  onRetry: () => void
  onHome: () => void
}

/** Why there is no card, and what an honest recipient can do. */
export const RefusedCard = ({ shareId, refusal, platform, onRetry, onHome }: Props) => {
  const { steps, retry } = helpFor(refusal.kind)
  return (
    <View className="screen">
      <Notice
        icon={SIGN[refusal.kind] ?? '✉'}
        title={t(`refusal.${refusal.kind}`)}
        text={refusalReason(refusal, platform, t)}
      />
      {steps.length > 0 ? (
        <Group title={t('open.help')} list>
          {steps.map((step, i) => (
            <View key={step} className="step" {...aria({ role: 'listitem' })}>
              <Text className="step__number">{String(i + 1)}</Text>
              <Text className="step__text">{t(step)}</Text>
            </View>
          ))}
        </Group>
      ) : null}
      {retry ? (
        <View className="refused__action">
          <ActionButton id="retry" onClick={onRetry}>
            {t('common.retry')}
          </ActionButton>
        </View>
      ) : null}
      {shareId !== '' && mayAsk(refusal.kind) ? <AskAccess shareId={shareId} /> : null}
      <ActionButton id="home" kind="plain" onClick={onHome}>
        {t('common.home')}
      </ActionButton>
      <SettingsLink />
      {refusal.requestId ? (
        <View className="refused__reference">{t('common.request', { id: refusal.requestId })}</View>
      ) : null}
    </View>
  )
}

const SIGN: Partial<Record<Refusal['kind'], string>> = { unreachable: '!', 'rate-limited': '!' }
