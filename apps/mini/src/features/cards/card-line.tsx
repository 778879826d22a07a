import { type Box, cardDetails } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import type { CardSummary } from '@sealcard/protocol'
import { t } from '../../i18n'
import { aria } from '../../ui/aria'
import { StatusTag } from '../../ui/status-tag'
import './card-line.css'

interface Props {
  box: Box
  card: CardSummary
  /** This phone shared it lately. */
  shared: boolean
  onOpen: (id: string) => void
}

/** A card of the list. One that was received has no page: its words need a new proof, from the chat. */
export const CardLine = ({ box, card, shared, onOpen }: Props) => {
  const details = cardDetails(box, card, t, { shared })
  const label = [card.title, t(`status.${card.status}`), ...details].join(', ')
  const opens = box === 'sent'
  return (
    <View className="card-item" {...aria({ role: 'listitem' })}>
      <View
        className="card-line"
        {...(opens ? { hoverClass: 'card-line--pressed', onClick: () => onOpen(card.id) } : {})}
        {...(opens ? aria({ role: 'button', label }) : {})}
      >
        <View className="card-line__top">
          <Text className="card-line__title">{card.title}</Text>
          <StatusTag status={card.status} />
        </View>
        <View className="card-line__details">
          {details.map((detail) => (
            <Text key={detail} className="card-line__detail">
              {detail}
            </Text>
          ))}
        </View>
      </View>
    </View>
  )
}
