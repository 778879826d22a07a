import { LANGUAGE_CHOICES, languageNames, type LanguageChoice as Choice } from '@sealcard/client'
import { View } from '@tarojs/components'
import { languages, t } from '../../i18n'
import { Choices } from '../../ui/choices'
import { Group } from '../../ui/group'
import './settings.css'

const nameOf = (choice: Choice) =>
  choice === 'system' ? t('settings.language-system') : languageNames[choice]

/** The page around it is drawn anew when the language changes: see `useTitle`. */
export const LanguageChoice = () => (
  <Group title={t('settings.language')}>
    <View className="settings__block">
      <Choices<Choice>
        id="language"
        label={t('settings.language')}
        options={LANGUAGE_CHOICES.map((value) => ({ value, label: nameOf(value) }))}
        value={languages().choice()}
        onChange={(choice) => languages().choose(choice)}
      />
    </View>
  </Group>
)
