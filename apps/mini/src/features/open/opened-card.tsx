import { burnsAfter, minutes, openingFacts, viewerLabel } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import type { OpenState } from '@sealcard/kit'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'
import { Watermark } from '../../ui/watermark'
import { NameAsk } from '../name/name-ask'
import { SettingsLink } from '../settings/settings-link'
import { useCaptureGuard } from '../capture/use-capture-guard'
import { CopyableBody } from './card-body'
import { useBurn } from './use-burn'
import './opened-card.css'

interface Props {
  state: OpenState & { step: 'opened' }
  onAcknowledge: () => void
}

/** The card, to a proven recipient. Its words can be selected only where the sender allows it. */
export const OpenedCard = ({ state, onAcknowledge }: Props) => {
  const { opening, acknowledgement } = state
  const { card, watermark } = opening
  const left = useBurn(burnsAfter(opening))
  const readable = useCaptureGuard(card.policy.guardCapture === true)
  const body = card.body === '' ? t('card.empty-body') : card.body
  if (!readable) {
    return (
      <View className="screen">
        <Skeleton label={t('common.loading')} lines={2} />
      </View>
    )
  }
  return (
    <View className="screen">
      {left === 0 ? (
        <Notice icon="–" title={t('refusal.opens-used')} text={t('refusal.opens-used-why')} />
      ) : (
        <View className="opened">
          <Text className="opened__title" {...aria({ role: 'heading', level: 1 })}>
            {card.title}
          </Text>
          <View className="opened__sender">
            {t('name.sender', { who: viewerLabel(opening.sender, t) })}
          </View>
          {card.policy.allowCopy === true ? (
            <CopyableBody text={body} />
          ) : (
            <Text className="opened__body">{body}</Text>
          )}
        </View>
      )}
      {card.policy.requireAcknowledgement ? (
        <View className="opened__acknowledge">
          {acknowledgement === 'failed' ? (
            <View className="opened__trouble">
              <Banner icon="!" tone="bad" text={t('open.acknowledge-failed')} />
            </View>
          ) : null}
          {acknowledgement === 'sent' ? (
            <Banner icon="✓" tone="good" text={t('open.acknowledged')} />
          ) : (
            <ActionButton
              id="acknowledge"
              disabled={acknowledgement === 'sending'}
              onClick={onAcknowledge}
            >
              {acknowledgement === 'sending' ? t('open.acknowledging') : t('open.acknowledge')}
            </ActionButton>
          )}
        </View>
      ) : null}
      <View className="opened__note">
        {left ? <View>{t('open.burns', { time: minutes(left) })}</View> : null}
        {openingFacts(opening, t).map((fact) => (
          <View key={fact}>{fact}</View>
        ))}
      </View>
      <NameAsk why="name.ask-reader" />
      <SettingsLink />
      {watermark ? <Watermark text={watermark} /> : null}
    </View>
  )
}
