import { describeError, type Box, type Sheet } from '@sealcard/client'
import type { CardSummary } from '@sealcard/protocol'
import { useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'
import type { PagedList } from '../paged/use-paged'
import { CardLine } from './card-line'

interface Props {
  box: Box
  cards: PagedList<CardSummary>
  /** The lines that are drawn. */
  sheet: Sheet<CardSummary>
  /** A search or a status leaves cards out. */
  filtered: boolean
  /** Whether this browser shared the card lately. */
  isShared: (id: string) => boolean
  onClear: () => void
  onSheet: (number: number) => void
}

export const CardList = (props: Props) => {
  const { box, cards, sheet, filtered, onSheet } = props
  const { t } = useWords()
  const searching = cards.items.length === 0 && sheet.hasRoom && cards.more !== 'failed'
  if (cards.phase === 'loading' || (cards.phase === 'ready' && searching))
    return <Skeleton label={t('common.loading')} />
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
  if (cards.items.length === 0 && !sheet.hasRoom) {
    return filtered ? (
      <Notice icon="?" title={t('list.none')} text={t('list.none-hint')}>
        <ActionButton kind="plain" onClick={props.onClear}>
          {t('list.clear')}
        </ActionButton>
      </Notice>
    ) : (
      <Notice icon="✉" title={t(`list.empty-${box}`)} text={t(`list.empty-${box}-hint`)} />
    )
  }
  return (
    <>
      {box === 'received' ? <Banner icon="i" text={t('list.received-hint')} /> : null}
      {sheet.hasBefore ? (
        <div className="cards__range">
          <p role="status">{t('list.sheet', { from: sheet.from, to: sheet.to })}</p>
          <ActionButton
            kind="plain"
            onClick={() => {
              onSheet(sheet.number - 1)
            }}
          >
            {t('list.sheet-before')}
          </ActionButton>
        </div>
      ) : null}
      <ul className="cards">
        {sheet.items.map((card) => (
          <CardLine key={card.id} box={box} card={card} shared={props.isShared(card.id)} />
        ))}
      </ul>
      {cards.more === 'failed' ? (
        <Banner icon="!" tone="bad" text={describeError(cards.error, t).text} />
      ) : null}
      {sheet.hasRoom ? (
        <ActionButton
          kind="plain"
          busy={cards.more === 'loading'}
          onClick={() => void cards.loadMore()}
        >
          {cards.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      ) : null}
      {sheet.hasAfter ? (
        <ActionButton
          kind="plain"
          onClick={() => {
            onSheet(sheet.number + 1)
          }}
        >
          {t('list.sheet-after')}
        </ActionButton>
      ) : null}
    </>
  )
}
