import { formatTime, viewerLabel } from '@sealcard/client'
import type { RefusedOpening } from '@sealcard/protocol'
import { useEffect } from 'react'
import { useServices, useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Group, Line } from '../../ui/group'
import { usePaged } from '../paged/use-paged'

const keyOf = ({ viewer, at }: RefusedOpening) => `${viewer.id} ${at}`

/** Recipients whom the sender may want to help: they came after the end. @param props.refused how often anybody was refused */
export const LateComers = ({ cardId, refused }: { cardId: string; refused: number }) => {
  const { client } = useServices()
  const { t } = useWords()
  const late = usePaged(
    (cursor) => client.listRefusals(cardId, cursor === undefined ? {} : { cursor }),
    keyOf,
  )
  const { reload, items } = late
  useEffect(() => {
    if (refused > 0) void reload({ keep: true })
  }, [refused, reload])

  if (items.length === 0) return null
  return (
    <Group title={t('late.title')}>
      <ul>
        {items.map((one) => (
          <li key={keyOf(one)}>
            <Line
              label={viewerLabel(one.viewer, t)}
              detail={t(`late.${one.reason}`, { time: formatTime(one.at) })}
            />
          </li>
        ))}
      </ul>
      {late.nextCursor === null ? null : (
        <ActionButton
          kind="plain"
          busy={late.more === 'loading'}
          onClick={() => void late.loadMore()}
        >
          {late.more === 'loading' ? t('common.loading') : t('common.more')}
        </ActionButton>
      )}
    </Group>
  )
}
