import { type Draft, EXPIRIES, type Expiry } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import { t, w } from '../../i18n'
import { aria } from '../../ui/aria'
import { Choices } from '../../ui/choices'
import { Group } from '../../ui/group'
import { ToggleLine } from '../../ui/toggle-line'
import { TypedInput } from '../../ui/typed-field'
import './policy-fields.css'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  /** The company has a watermark on every card. */
  watermarked: boolean
  /** Of a card that is being changed: a choice that leaves its end as it is. */
  kept?: string
}

export const PolicyFields = ({ draft, onChange, watermarked, kept }: Props) => (
  <>
    <Group title={t('write.section-limits')}>
      <View className="expiry">
        <Text className="expiry__label">{t('write.expiry')}</Text>
        <Choices<Expiry>
          id="expiry"
          label={t('write.expiry')}
          options={[
            ...(kept === undefined ? [] : [{ value: 'kept' as const, label: kept }]),
            ...EXPIRIES.map((value) => ({ value, label: t(`write.expiry-${value}`) })),
          ]}
          value={draft.expiry}
          onChange={(expiry) => onChange({ expiry })}
        />
      </View>
      <LimitLine
        id="max-viewers"
        label={t('write.max-viewers')}
        value={draft.maxViewers}
        onChange={(maxViewers) => onChange({ maxViewers })}
      />
      <LimitLine
        id="max-opens"
        label={t('write.max-opens')}
        value={draft.maxOpensPerViewer}
        onChange={(maxOpensPerViewer) => onChange({ maxOpensPerViewer })}
      />
    </Group>
    <Group title={t('write.section-protection')}>
      <ToggleLine
        id="acknowledge"
        label={t('write.acknowledge')}
        checked={draft.requireAcknowledgement}
        onChange={(requireAcknowledgement) => onChange({ requireAcknowledgement })}
      />
      <ToggleLine
        id="watermark"
        label={t('write.watermark')}
        checked={draft.watermark || watermarked}
        onChange={(watermark) => onChange({ watermark })}
      />
      <ToggleLine
        id="guard"
        label={t('write.guard')}
        detail={w('write.guard-hint')}
        checked={draft.guardCapture}
        onChange={(guardCapture) => onChange({ guardCapture })}
      />
      <ToggleLine
        id="copy"
        label={t('write.copy')}
        checked={draft.allowCopy}
        onChange={(allowCopy) => onChange({ allowCopy })}
      />
    </Group>
  </>
)

interface LimitProps {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
}

const LimitLine = ({ id, label, value, onChange }: LimitProps) => (
  <View className="line">
    <Text className="line__label">{label}</Text>
    <TypedInput
      id={id}
      className="limit"
      type="number"
      maxlength={6}
      initial={value}
      placeholder={t('write.no-limit')}
      placeholderClass="field__placeholder"
      onInput={(event) => onChange(event.detail.value)}
      {...aria({ label })}
    />
  </View>
)
