import { Text, View } from '@tarojs/components'
import type { CardSummary } from '@sealcard/protocol'
import { t } from '../../i18n'
import { formatTime } from '../../i18n/format-time'
import { aria } from '../../ui/aria'
import { StatusTag } from '../../ui/status-tag'
import './card-line.css'

interface Props {
  box: 'sent' | 'received'
  card: CardSummary
  onOpen: (id: string) => void
}

/** A card of the list. One that was received has no page: its words need a new proof, from the chat. */
export const CardLine = ({ box, card, onOpen }: Props) => {
  const details = detailsOf(box, card)
  const label = [card.title, t(`status.${card.status}`), ...details].join(', ')
  const opens = box === 'sent'
  return (
    <View
      className="card-line"
      {...(opens ? { hoverClass: 'card-line--pressed', onClick: () => onOpen(card.id) } : {})}
      {...aria({ role: opens ? 'button' : 'listitem', label })}
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
  )
}

const detailsOf = (box: Props['box'], card: CardSummary): string[] => {
  if (box === 'received') {
    return card.openedAt ? [t('list.opened-at', { time: formatTime(card.openedAt) })] : []
  }
  const n = card.openings?.viewers
  return [
    ...(n === undefined ? [] : [n > 0 ? t('list.viewers', { n }) : t('list.nobody')]),
    t('list.sent-at', { time: formatTime(card.createdAt) }),
  ]
}
