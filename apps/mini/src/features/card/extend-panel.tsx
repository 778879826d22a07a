import { EXTENSIONS, type Extension, firstDay, formatTime } from '@sealcard/client'
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
  /** @returns false: the day is none, or not later than the end */
  onExtendTo: (day: string) => boolean
}

const WAYS = Object.keys(EXTENSIONS) as Extension[]

/** One tap for a later end, or a date: the client's own dialogue asks for it. */
export const ExtendPanel = ({ card, working, extended, onExtend, onExtendTo }: Props) => {
  const [past, setPast] = useState(false)
  const first = firstDay(card, now())
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
              if (working) return
              setPast(false)
              onExtend(by)
            }}
            {...aria({ role: 'button', label: t(`extend.${by}`), disabled: working })}
          >
            {t(`extend.${by}`)}
          </View>
        ))}
        <Picker
          id="extend-date"
          mode="date"
          start={first}
          value={first}
          disabled={working}
          onChange={({ detail }) => setPast(!onExtendTo(detail.value))}
          {...aria({ label: t('extend.date') })}
        >
          <View className="extend__way">{t('extend.date')}</View>
        </Picker>
      </View>
      {past ? (
        <View className="extend__news">
          <Banner icon="!" tone="bad" text={t('extend.past')} />
        </View>
      ) : null}
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
