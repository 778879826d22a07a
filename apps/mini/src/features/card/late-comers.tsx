import { formatTime, viewerLabel } from '@sealcard/client'
import { View } from '@tarojs/components'
import type { RefusedOpening } from '@sealcard/protocol'
import { useEffect } from 'react'
import { t } from '../../i18n'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Group, Line } from '../../ui/group'
import { usePaged } from '../paged/use-paged'

const keyOf = ({ viewer, at }: RefusedOpening) => `${viewer.id} ${at}`

/** Recipients whom the sender may want to help: they came after the end. @param props.refused how often anybody was refused */
export const LateComers = ({ cardId, refused }: { cardId: string; refused: number }) => {
  const late = usePaged(
    (cursor) => services().client.listRefusals(cardId, cursor === undefined ? {} : { cursor }),
    keyOf,
  )
  const { reload, items } = late
  useEffect(() => {
    if (refused > 0) void reload({ keep: true })
  }, [refused, reload])

  if (items.length === 0) return null
  return (
    <View>
      <Group title={t('late.title')} list>
        {items.map((one) => (
          <Line
            key={keyOf(one)}
            item
            label={viewerLabel(one.viewer, t)}
            detail={t(`late.${one.reason}`, { time: formatTime(one.at) })}
          />
        ))}
      </Group>
      {late.nextCursor === null ? null : (
        <ActionButton id="late-more" kind="plain" onClick={() => void late.loadMore()}>
          {late.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      )}
    </View>
  )
}
