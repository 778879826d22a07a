import { type Box, describeError } from '@sealcard/client'
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
  onOpen: (id: string) => void
}

export const CardList = ({ box, cards, onOpen }: Props) => {
  if (cards.phase === 'loading') {
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
  if (cards.items.length === 0) {
    return <Notice icon="✉" title={t(`list.empty-${box}`)} text={t(`list.empty-${box}-hint`)} />
  }
  return (
    <View className="cards">
      {box === 'received' ? (
        <View className="cards__hint">
          <Banner icon="i" text={t('list.received-hint')} />
        </View>
      ) : null}
      <View {...aria({ role: 'list', label: t(`list.${box}`) })}>
        {cards.items.map((card) => (
          <CardLine key={card.id} box={box} card={card} onOpen={onOpen} />
        ))}
      </View>
      {cards.more === 'failed' ? (
        <View className="cards__hint">
          <Banner icon="!" tone="bad" text={describeError(cards.error, t).text} />
        </View>
      ) : null}
      {cards.nextCursor === null ? null : (
        <ActionButton
          id="more"
          kind="plain"
          disabled={cards.more === 'loading'}
          onClick={() => void cards.loadMore()}
        >
          {cards.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      )}
    </View>
  )
}
