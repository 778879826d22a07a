import { type Draft, hasPreset, presetPart, PRESETS } from '@sealcard/client'
import { View } from '@tarojs/components'
import { useState } from 'react'
import { t } from '../../i18n'
import { Chips } from '../../ui/chips'
import { Group } from '../../ui/group'
import { PolicyFields } from './policy-fields'
import './policy-fields.css'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  /** The company has a watermark on every card. */
  watermarked: boolean
}

/** What people want most often, in one tap each; and below it every setting. */
export const PresetFields = ({ draft, onChange, watermarked }: Props) => {
  // A typed field takes a value only when it is made: a preset makes the fields anew.
  const [taken, setTaken] = useState(0)
  return (
    <>
      <Group title={t('write.presets')} note={t('write.presets-note')}>
        <View className="expiry">
          <Chips
            id="preset"
            label={t('write.presets')}
            options={PRESETS.map((value) => ({
              value,
              label: t(`write.preset-${value}`),
              on: hasPreset(draft, value),
            }))}
            onChange={(preset, on) => {
              onChange(presetPart(preset, on))
              setTaken((n) => n + 1)
            }}
          />
        </View>
      </Group>
      <PolicyFields key={taken} draft={draft} onChange={onChange} watermarked={watermarked} />
    </>
  )
}
