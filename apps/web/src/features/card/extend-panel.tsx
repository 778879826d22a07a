import { EXTENSIONS, firstDay, formatTime, type Extension } from '@sealcard/client'
import type { Card } from '@sealcard/protocol'
import { useId, useState } from 'react'
import { useServices, useWords } from '../../services'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'

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

/** One tap for a later end, or a date. */
export const ExtendPanel = ({ card, working, extended, onExtend, onExtendTo }: Props) => {
  const { now } = useServices()
  const { t } = useWords()
  const id = useId()
  const [day, setDay] = useState('')
  const [past, setPast] = useState(false)
  return (
    <Group title={t('extend.title')}>
      {card.status === 'expired' ? <p className="extend__note">{t('extend.revives')}</p> : null}
      <div className="extend">
        {WAYS.map((by) => (
          <button
            key={by}
            type="button"
            className="extend__way"
            aria-disabled={working || undefined}
            onClick={() => {
              if (!working) onExtend(by)
            }}
          >
            {t(`extend.${by}`)}
          </button>
        ))}
      </div>
      <form
        className="extend"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!working) setPast(!onExtendTo(day))
        }}
      >
        <label className="extend__label" htmlFor={id}>
          {t('extend.date')}
        </label>
        <input
          id={id}
          type="date"
          className="extend__date"
          min={firstDay(card, now())}
          value={day}
          aria-invalid={past || undefined}
          onChange={(event) => {
            setDay(event.target.value)
            setPast(false)
          }}
        />
        <button type="submit" className="extend__way" aria-disabled={working || undefined}>
          {t('extend.to-date')}
        </button>
      </form>
      <div role="status">
        {past ? <Banner icon="!" tone="bad" text={t('extend.past')} /> : null}
        {working ? <Banner icon="…" text={t('extend.working')} /> : null}
        {extended && !working ? (
          <Banner icon="✓" tone="good" text={t('extend.done', { time: formatTime(extended) })} />
        ) : null}
      </div>
    </Group>
  )
}
