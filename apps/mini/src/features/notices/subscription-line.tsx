import { View } from '@tarojs/components'
import type { SubscriptionEvent } from '@sealcard/protocol'
import { t, w } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { useSubscription } from './use-subscription'
import './subscription-line.css'

interface Props {
  cardId: string
  sharedAt: string | undefined
}

const named = (events: readonly SubscriptionEvent[]) =>
  events.map((event) => t(`notice.${event}`)).join(w('notice.and'))

/**
 * Offers a message by WeChat, beside the share button and not in its tap: there the platform's panel would cover its
 * share sheet. Nothing where no message can be accepted, as in WeCom.
 */
export const SubscriptionLine = ({ cardId, sharedAt }: Props) => {
  const { offers, step, ask } = useSubscription(cardId, sharedAt)
  if (offers.length === 0) return null
  if (step === 'none' || step === 'failed' || typeof step === 'object') {
    const done = typeof step === 'object'
    return (
      <View className="subscription">
        <Banner
          icon={done ? '✓' : 'i'}
          tone={done ? 'good' : 'warn'}
          text={done ? w('subscribe.done', { events: named(step.done) }) : w(`subscribe.${step}`)}
        />
      </View>
    )
  }
  return (
    <View className="subscription">
      <ActionButton
        id="subscribe"
        kind="plain"
        disabled={step === 'asking'}
        onClick={() => void ask()}
      >
        {w('subscribe.offer')}
      </ActionButton>
      <View className="subscription__what">
        {w('subscribe.what', { events: named(offers.map(([event]) => event)) })}
      </View>
    </View>
  )
}
