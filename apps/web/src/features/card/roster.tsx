import { describeError, readerDetail, viewerLabel } from '@sealcard/client'
import type { Card, ViewerOpenings } from '@sealcard/protocol'
import { useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Group, Line } from '../../ui/group'
import type { PagedList } from '../paged/use-paged'

interface Props {
  card: Card
  readers: PagedList<ViewerOpenings>
}

/** Who opened the card, when and how often; and how many attempts were refused. */
export const Roster = ({ card, readers }: Props) => {
  const { t } = useWords()
  const counts = [
    { label: t('card.count-viewers'), value: card.openings?.viewers ?? 0 },
    { label: t('card.count-total'), value: card.openings?.total ?? 0 },
    { label: t('card.count-refused'), value: card.openings?.refused ?? 0 },
  ]
  const again = () => (readers.phase === 'failed' ? readers.reload() : readers.loadMore())
  return (
    <Group title={t('card.readers')}>
      <dl className="roster__counts">
        {counts.map(({ label, value }) => (
          <div key={label} className="roster__count">
            <dt className="roster__label">{label}</dt>
            <dd className="roster__number">{value}</dd>
          </div>
        ))}
      </dl>
      {readers.phase === 'loading' ? <Line label={t('common.loading')} /> : null}
      {readers.phase === 'failed' || readers.more === 'failed' ? (
        <div className="roster__trouble">
          <Banner icon="!" tone="bad" text={describeError(readers.error, t).text} />
          <ActionButton kind="plain" onClick={() => void again()}>
            {t('common.retry')}
          </ActionButton>
        </div>
      ) : null}
      {readers.phase === 'ready' && readers.items.length === 0 ? (
        <Line label={t('card.nobody')} />
      ) : null}
      {readers.items.length > 0 ? (
        <ul className="roster__readers">
          {readers.items.map((reader) => (
            <li key={reader.viewer.id}>
              <Line
                label={viewerLabel(reader.viewer, t)}
                detail={readerDetail(reader, card, t)}
                value={t('card.reader-times', { n: reader.count })}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {readers.nextCursor === null ? null : (
        <ActionButton
          kind="plain"
          busy={readers.more === 'loading'}
          onClick={() => void readers.loadMore()}
        >
          {readers.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      )}
    </Group>
  )
}
