import { cardFacts } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import type { Card } from '@sealcard/protocol'
import { useState } from 'react'
import { t } from '../../i18n'
import { aria } from '../../ui/aria'
import { StatusTag } from '../../ui/status-tag'
import './card-content.css'

/** From here on the words are folded: the share button must not be a long way down. */
const FOLD_FROM = 200

interface Props {
  card: Card
  /** Until when the platform vouches for what is shared now. */
  verifyUntil: string | null
}

export const CardContent = ({ card, verifyUntil }: Props) => {
  const long = card.body.length > FOLD_FROM || card.body.split('\n').length > 8
  const [unfolded, setUnfolded] = useState(false)
  const fold = t(unfolded ? 'card.fold' : 'card.unfold')
  return (
    <View className="content">
      <View className="content__top">
        <Text className="content__title" {...aria({ role: 'heading', level: 1 })}>
          {card.title}
        </Text>
        <StatusTag status={card.status} />
      </View>
      <View className={long && !unfolded ? 'content__folded' : ''}>
        <Text className="content__body">{card.body === '' ? t('card.empty-body') : card.body}</Text>
      </View>
      {long ? (
        <View
          id="fold"
          className="content__fold"
          onClick={() => setUnfolded(!unfolded)}
          {...aria({ role: 'button', label: fold })}
        >
          {fold}
        </View>
      ) : null}
      <View className="content__facts">
        {cardFacts(card, verifyUntil, t).map((fact) => (
          <Text key={fact} className="content__fact">
            {fact}
          </Text>
        ))}
      </View>
    </View>
  )
}
