import {
  describeError,
  formatTime,
  isolated,
  readerDetail,
  readerKey,
  readersByShare,
  viewerLabel,
} from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import type { ShareReaders } from '@sealcard/client'
import type { Reader } from '@sealcard/kit'
import type { Card } from '@sealcard/protocol'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Group, Line } from '../../ui/group'
import type { PagedList } from '../paged/use-paged'
import './roster.css'

interface Props {
  card: Card
  readers: PagedList<Reader>
  /** When this was so, ms. */
  at: number
}

/** Who opened the card, when and how often; and how many attempts were refused. */
export const Roster = ({ card, readers, at }: Props) => (
  <Group title={t('card.readers')} note={t('card.refreshed', { time: formatTime(at) })}>
    <View className="roster__counts">
      <Count label={t('card.count-viewers')} value={card.openings?.viewers ?? 0} />
      <Count label={t('card.count-total')} value={card.openings?.total ?? 0} />
      <Count label={t('card.count-refused')} value={card.openings?.refused ?? 0} />
    </View>
    {readers.phase === 'loading' ? <Line label={t('common.loading')} /> : null}
    {readers.phase === 'failed' || readers.more === 'failed' ? (
      <View className="roster__trouble">
        <Banner icon="!" tone="bad" text={describeError(readers.error, t).text} />
        <ActionButton id="roster-retry" kind="plain" onClick={() => void again(readers)}>
          {t('common.retry')}
        </ActionButton>
      </View>
    ) : null}
    <Readers card={card} readers={readers} />
    {readers.nextCursor === null ? null : (
      <ActionButton id="roster-more" kind="plain" onClick={() => void readers.loadMore()}>
        {readers.more === 'loading' ? t('common.loading') : t('common.more')}
      </ActionButton>
    )}
  </Group>
)

const Readers = ({ card, readers }: Omit<Props, 'at'>) => {
  const groups = readersByShare(readers.items, sharesOf(card, readers))
  if (readers.phase === 'ready' && groups.length === 0) return <Line label={t('card.nobody')} />
  return <Groups card={card} groups={groups} />
}

/** While more readers may follow, a share without one may have one of those. */
const sharesOf = ({ shares }: Card, { phase, nextCursor }: PagedList<Reader>) =>
  phase === 'ready' && nextCursor === null ? shares : []

interface GroupsProps {
  card: Card
  groups: readonly ShareReaders[]
}

/** By share, where there is more than one or where it has a label. */
const Groups = ({ card, groups }: GroupsProps) => {
  const apart = groups.length > 1 || groups[0]?.label !== undefined
  return (
    <>
      {groups.map(({ id, label, readers }) => {
        const title =
          label === undefined ? t('label.none') : t('label.through', { label: isolated(label) })
        return (
          <View key={id} className="roster__share">
            {apart ? (
              <View className="roster__through" {...aria({ role: 'heading', level: 3 })}>
                <Text>{title}</Text>
              </View>
            ) : null}
            {readers.length === 0 ? (
              <Line label={t('card.nobody')} />
            ) : (
              <View
                className="roster__list"
                {...aria({ role: 'list', label: apart ? title : t('card.readers') })}
              >
                {readers.map((reader) => (
                  <Line
                    key={readerKey(reader)}
                    item
                    label={viewerLabel(reader.viewer, t)}
                    detail={readerDetail(reader, card, t)}
                    value={t('card.reader-times', { n: reader.count })}
                  />
                ))}
              </View>
            )}
          </View>
        )
      })}
    </>
  )
}

const again = (readers: PagedList<Reader>) =>
  readers.phase === 'failed' ? readers.reload() : readers.loadMore()

const Count = ({ label, value }: { label: string; value: number }) => (
  <View className="roster__count" {...aria({ label: `${label} ${value}` })}>
    <Text className="roster__number">{String(value)}</Text>
    <Text className="roster__label">{label}</Text>
  </View>
)
