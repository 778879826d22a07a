import { dayOf, EXTENSIONS, type Extension, formatTime } from '@sealcard/client'
import { Picker, View } from '@tarojs/components'
import type { Card } from '@sealcard/protocol'
import { useState } from 'react'
import { now } from '../../adapters/clock'
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
  /** @returns false: the day is over */
  onExtendTo: (day: string) => boolean
}

const WAYS = Object.keys(EXTENSIONS) as Extension[]

/** One tap for a later end, or a date. */
export const ExtendPanel = ({ card, working, extended, onExtend, onExtendTo }: Props) => {
  const [past, setPast] = useState(false)
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
        <Picker
          mode="date"
          start={dayOf(now())}
          value={dayOf(Math.max(now(), Date.parse(card.policy.expiresAt ?? '') || 0))}
          disabled={working}
          onChange={(event) => setPast(!onExtendTo(event.detail.value))}
          {...aria({ role: 'button', label: t('extend.date'), disabled: working })}
        >
          <View className="extend__way" {...aria({ hidden: true })}>
            {t('extend.date')}
          </View>
        </Picker>
      </View>
      {past ? <Banner icon="!" tone="bad" text={t('extend.past')} /> : null}
      {working ? <Banner icon="…" text={t('extend.working')} /> : null}
      {extended && !working ? (
        <Banner icon="✓" tone="good" text={t('extend.done', { time: formatTime(extended) })} />
      ) : null}
    </Group>
  )
}
