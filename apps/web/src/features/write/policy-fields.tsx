import { EXPIRIES, type Draft, type Expiry } from '@sealcard/client'
import { useId } from 'react'
import { useWords } from '../../services'
import { Choices } from '../../ui/choices'
import { Group } from '../../ui/group'
import { ToggleLine } from '../../ui/toggle-line'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  /** The company has a watermark on every card. */
  watermarked: boolean
  /** Of a card that is being changed: a choice that leaves its end as it is. */
  kept?: string
}

export const PolicyFields = ({ draft, onChange, watermarked, kept }: Props) => {
  const { t, w } = useWords()
  return (
    <>
      <Group title={t('write.section-limits')}>
        <Choices<Expiry>
          label={t('write.expiry')}
          options={[
            ...(kept === undefined ? [] : [{ value: 'kept' as const, label: kept }]),
            ...EXPIRIES.map((value) => ({ value, label: t(`write.expiry-${value}`) })),
          ]}
          value={draft.expiry}
          onChange={(expiry) => {
            onChange({ expiry })
          }}
        />
        <LimitLine
          label={t('write.max-viewers')}
          value={draft.maxViewers}
          onChange={(maxViewers) => {
            onChange({ maxViewers })
          }}
        />
        <LimitLine
          label={t('write.max-opens')}
          value={draft.maxOpensPerViewer}
          onChange={(maxOpensPerViewer) => {
            onChange({ maxOpensPerViewer })
          }}
        />
      </Group>
      <Group title={t('write.section-protection')}>
        <ToggleLine
          label={t('write.acknowledge')}
          checked={draft.requireAcknowledgement}
          onChange={(requireAcknowledgement) => {
            onChange({ requireAcknowledgement })
          }}
        />
        <ToggleLine
          label={t('write.watermark')}
          checked={draft.watermark || watermarked}
          onChange={(watermark) => {
            onChange({ watermark })
          }}
        />
        <ToggleLine
          label={t('write.guard')}
          detail={w('guard.none')}
          checked={draft.guardCapture}
          onChange={(guardCapture) => {
            onChange({ guardCapture })
          }}
        />
        <ToggleLine
          label={t('write.copy')}
          checked={draft.allowCopy}
          onChange={(allowCopy) => {
            onChange({ allowCopy })
          }}
        />
      </Group>
    </>
  )
}

interface LimitProps {
  label: string
  value: string
  onChange: (value: string) => void
}

const LimitLine = ({ label, value, onChange }: LimitProps) => {
  const { t } = useWords()
  const id = useId()
  return (
    <div className="line">
      <label className="line__main" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="limit"
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        value={value}
        placeholder={t('write.no-limit')}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      />
    </div>
  )
}
