import { describeError, type Box } from '@sealcard/client'
import type { CardSummary } from '@sealcard/protocol'
import { useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'
import type { PagedList } from '../paged/use-paged'
import { CardLine } from './card-line'

export const CardList = ({ box, cards }: { box: Box; cards: PagedList<CardSummary> }) => {
  const { t } = useWords()
  if (cards.phase === 'loading') return <Skeleton label={t('common.loading')} />
  if (cards.phase === 'failed') {
    const { text, requestId } = describeError(cards.error, t)
    return (
      <Notice
        icon="!"
        title={t('list.failed')}
        text={text}
        small={requestId ? t('common.request', { id: requestId }) : undefined}
      >
        <ActionButton kind="plain" onClick={() => void cards.reload()}>
          {t('common.retry')}
        </ActionButton>
      </Notice>
    )
  }
  if (cards.items.length === 0) {
    return <Notice icon="✉" title={t(`list.empty-${box}`)} text={t(`list.empty-${box}-hint`)} />
  }
  return (
    <>
      {box === 'received' ? <Banner icon="i" text={t('list.received-hint')} /> : null}
      <ul className="cards">
        {cards.items.map((card) => (
          <CardLine key={card.id} box={box} card={card} />
        ))}
      </ul>
      {cards.more === 'failed' ? (
        <Banner icon="!" tone="bad" text={describeError(cards.error, t).text} />
      ) : null}
      {cards.nextCursor === null ? null : (
        <ActionButton
          kind="plain"
          busy={cards.more === 'loading'}
          onClick={() => void cards.loadMore()}
        >
          {cards.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      )}
    </>
  )
}
