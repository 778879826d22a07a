import { hasPreset, presetPart, PRESETS, type Draft } from '@sealcard/client'
import { useWords } from '../../services'
import { Chips } from '../../ui/chips'
import { Group } from '../../ui/group'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}

/** What people want most often, in one tap each. */
export const PresetFields = ({ draft, onChange }: Props) => {
  const { t } = useWords()
  return (
    <Group title={t('write.presets')}>
      <Chips
        label={t('write.presets')}
        options={PRESETS.map((value) => ({
          value,
          label: t(`write.preset-${value}`),
          on: hasPreset(draft, value),
        }))}
        onChange={(preset, on) => {
          onChange(presetPart(preset, on))
        }}
      />
      <p className="choices__note">{t('write.presets-note')}</p>
    </Group>
  )
}
