import { describeError, readerDetail, viewerLabel } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import type { Card, ViewerOpenings } from '@sealcard/protocol'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Group, Line } from '../../ui/group'
import type { PagedList } from '../paged/use-paged'
import './roster.css'

interface Props {
  card: Card
  readers: PagedList<ViewerOpenings>
}

/** Who opened the card, when and how often; and how many attempts were refused. */
export const Roster = ({ card, readers }: Props) => (
  <Group title={t('card.readers')}>
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
    {readers.phase === 'ready' && readers.items.length === 0 ? (
      <Line label={t('card.nobody')} />
    ) : null}
    {readers.items.length > 0 ? (
      <View className="roster__list" {...aria({ role: 'list', label: t('card.readers') })}>
        {readers.items.map((reader) => (
          <Line
            key={reader.viewer.id}
            item
            label={viewerLabel(reader.viewer, t)}
            detail={readerDetail(reader, card, t)}
            value={t('card.reader-times', { n: reader.count })}
          />
        ))}
      </View>
    ) : null}
    {readers.nextCursor === null ? null : (
      <ActionButton id="roster-more" kind="plain" onClick={() => void readers.loadMore()}>
        {readers.more === 'loading' ? t('common.loading') : t('common.more')}
      </ActionButton>
    )}
  </Group>
)

const again = (readers: PagedList<ViewerOpenings>) =>
  readers.phase === 'failed' ? readers.reload() : readers.loadMore()

const Count = ({ label, value }: { label: string; value: number }) => (
  <View className="roster__count" {...aria({ label: `${label} ${value}` })}>
    <Text className="roster__number">{String(value)}</Text>
    <Text className="roster__label">{label}</Text>
  </View>
)
