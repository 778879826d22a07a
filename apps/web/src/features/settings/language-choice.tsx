import { LANGUAGE_CHOICES, languageNames, type LanguageChoice as Choice } from '@sealcard/client'
import { useServices, useWords } from '../../services'
import { Choices } from '../../ui/choices'
import { Group } from '../../ui/group'

export const LanguageChoice = () => {
  const { languages } = useServices()
  const { t } = useWords()
  return (
    <Group>
      <div className="settings__block">
        <Choices<Choice>
          label={t('settings.language')}
          options={LANGUAGE_CHOICES.map((value) => ({
            value,
            label: value === 'system' ? t('settings.language-system') : languageNames[value],
          }))}
          value={languages.choice()}
          onChange={languages.choose}
        />
      </div>
    </Group>
  )
}
