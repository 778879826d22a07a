import {
  describeError,
  formatTime,
  readerDetail,
  readerKey,
  readersByShare,
  viewerLabel,
  type ShareReaders,
} from '@sealcard/client'
import type { Reader } from '@sealcard/kit'
import type { Card } from '@sealcard/protocol'
import { useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Group, Line } from '../../ui/group'
import type { PagedList } from '../paged/use-paged'

interface Props {
  card: Card
  readers: PagedList<Reader>
  /** When this was so, ms. */
  at: number
}

/** Who opened the card, when and how often; and how many attempts were refused. */
export const Roster = ({ card, readers, at }: Props) => {
  const { t } = useWords()
  const counts = [
    { label: t('card.count-viewers'), value: card.openings?.viewers ?? 0 },
    { label: t('card.count-total'), value: card.openings?.total ?? 0 },
    { label: t('card.count-refused'), value: card.openings?.refused ?? 0 },
  ]
  const groups = readersByShare(readers.items, sharesOf(card, readers))
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
      {readers.phase === 'ready' && groups.length === 0 ? <Line label={t('card.nobody')} /> : null}
      <Readers card={card} groups={groups} />
      {readers.nextCursor === null ? null : (
        <ActionButton
          kind="plain"
          busy={readers.more === 'loading'}
          onClick={() => void readers.loadMore()}
        >
          {readers.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      )}
      <p className="opened__note">{t('card.refreshed', { time: formatTime(at) })}</p>
    </Group>
  )
}

/** While more readers may follow, a share without one may have one of those. */
const sharesOf = ({ shares }: Card, { phase, nextCursor }: PagedList<Reader>) =>
  phase === 'ready' && nextCursor === null ? shares : []

interface ReadersProps {
  card: Card
  groups: readonly ShareReaders[]
}

/** By share, where there is more than one or where it has a label. */
const Readers = ({ card, groups }: ReadersProps) => {
  const { t } = useWords()
  const apart = groups.length > 1 || groups[0]?.label !== undefined
  return groups.map(({ id, label, readers }) => (
    <div key={id} className="roster__share">
      {apart ? (
        <h3 className="roster__through" dir="auto">
          {label === undefined ? t('label.none') : t('label.through', { label })}
        </h3>
      ) : null}
      {readers.length === 0 ? (
        <Line label={t('card.nobody')} />
      ) : (
        <ul className="roster__readers">
          {readers.map((reader) => (
            <li key={readerKey(reader)}>
              <Line
                label={viewerLabel(reader.viewer, t)}
                detail={readerDetail(reader, card, t)}
                value={t('card.reader-times', { n: reader.count })}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  ))
}
