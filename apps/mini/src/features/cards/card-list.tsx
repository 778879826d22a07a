import { type Box, describeError, type Sheet } from '@sealcard/client'
import { View } from '@tarojs/components'
import type { CardSummary } from '@sealcard/protocol'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'
import type { PagedList } from '../paged/use-paged'
import { CardLine } from './card-line'
import './card-list.css'

interface Props {
  box: Box
  cards: PagedList<CardSummary>
  /** The lines that are drawn. */
  sheet: Sheet<CardSummary>
  /** A search or a status leaves cards out. */
  filtered: boolean
  /** Whether this phone shared the card lately. */
  isShared: (id: string) => boolean
  onOpen: (id: string) => void
  onClear: () => void
  onSheet: (number: number) => void
}

export const CardList = (props: Props) => {
  const { box, cards, sheet, filtered, onClear } = props
  const searching = cards.items.length === 0 && sheet.hasRoom && cards.more !== 'failed'
  if (cards.phase === 'loading' || (cards.phase === 'ready' && searching)) {
    return (
      <View className="cards">
        <Skeleton label={t('common.loading')} />
      </View>
    )
  }
  if (cards.phase === 'failed') {
    const { text, requestId } = describeError(cards.error, t)
    return (
      <Notice
        icon="!"
        title={t('list.failed')}
        text={text}
        small={requestId ? t('common.request', { id: requestId }) : undefined}
        action={{ id: 'retry', label: t('common.retry'), onClick: () => void cards.reload() }}
      />
    )
  }
  if (cards.items.length === 0 && !sheet.hasRoom) {
    return filtered ? (
      <Notice
        icon="?"
        title={t('list.none')}
        text={t('list.none-hint')}
        action={{ id: 'clear', label: t('list.clear'), onClick: onClear }}
      />
    ) : (
      <Notice icon="✉" title={t(`list.empty-${box}`)} text={t(`list.empty-${box}-hint`)} />
    )
  }
  return (
    <View className="cards">
      {box === 'received' ? (
        <View className="cards__hint">
          <Banner icon="i" text={t('list.received-hint')} />
        </View>
      ) : null}
      {sheet.hasBefore ? (
        <View className="cards__hint">
          <View className="cards__range" {...aria({ live: true })}>
            {t('list.sheet', { from: sheet.from, to: sheet.to })}
          </View>
          <ActionButton
            id="sheet-before"
            kind="plain"
            onClick={() => props.onSheet(sheet.number - 1)}
          >
            {t('list.sheet-before')}
          </ActionButton>
        </View>
      ) : null}
      <View {...aria({ role: 'list', label: t(`list.${box}`) })}>
        {sheet.items.map((card) => (
          <CardLine
            key={card.id}
            box={box}
            card={card}
            shared={props.isShared(card.id)}
            onOpen={props.onOpen}
          />
        ))}
      </View>
      {cards.more === 'failed' ? (
        <View className="cards__hint">
          <Banner icon="!" tone="bad" text={describeError(cards.error, t).text} />
        </View>
      ) : null}
      {sheet.hasRoom ? (
        <ActionButton
          id="more"
          kind="plain"
          disabled={cards.more === 'loading'}
          onClick={() => void cards.loadMore()}
        >
          {cards.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      ) : null}
      {sheet.hasAfter ? (
        <ActionButton id="sheet-after" kind="plain" onClick={() => props.onSheet(sheet.number + 1)}>
          {t('list.sheet-after')}
        </ActionButton>
      ) : null}
    </View>
  )
}
