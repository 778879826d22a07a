import { EXTENSIONS, type Extension, formatTime } from '@sealcard/client'
import { View } from '@tarojs/components'
import type { Card } from '@sealcard/protocol'
import { t } from '../../i18n'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'
import './extend-panel.css'

interface Props {
  card: Card
  working: boolean
  /** The new end, when it was extended just now. */
  extended: string | null
  onExtend: (by: Extension) => void
}

const WAYS = Object.keys(EXTENSIONS) as Extension[]

/** One tap for a later end. */
export const ExtendPanel = ({ card, working, extended, onExtend }: Props) => {
  return (
    <Group
      title={t('extend.title')}
      {...(card.status === 'expired' ? { note: t('extend.revives') } : {})}
    >
      <View className="extend">
        {WAYS.map((by) => (
          <View
            key={by}
            id={`extend-${by}`}
            className="extend__way"
            hoverClass="pressed"
            onClick={() => {
              if (!working) onExtend(by)
            }}
            {...aria({ role: 'button', label: t(`extend.${by}`), disabled: working })}
          >
            {t(`extend.${by}`)}
          </View>
        ))}
      </View>
      {working ? (
        <View className="extend__news">
          <Banner icon="…" text={t('extend.working')} />
        </View>
      ) : null}
      {extended && !working ? (
        <View className="extend__news">
          <Banner icon="✓" tone="good" text={t('extend.done', { time: formatTime(extended) })} />
        </View>
      ) : null}
    </Group>
  )
}
