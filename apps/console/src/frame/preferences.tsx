import { BulbOutlined, GlobalOutlined } from '@ant-design/icons'
import { languageNames } from '@sealcard/client'
import { Button, Dropdown } from 'antd'
import { useLanguage, useWords } from '../i18n/words'
import { useServices } from '../services'
import { THEMES, useThemeChoice } from './theme'
import { shellWords } from './words'

export const LanguageMenu = () => {
  const { languages } = useServices()
  const t = useWords(shellWords)
  const language = useLanguage()
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        selectedKeys: [language],
        items: (['zh', 'en'] as const).map((key) => ({ key, label: languageNames[key] })),
        onClick: ({ key }) => {
          languages.choose(key as 'zh' | 'en')
        },
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t('language')} />
    </Dropdown>
  )
}

export const ThemeMenu = () => {
  const t = useWords(shellWords)
  const [choice, choose] = useThemeChoice()
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        selectedKeys: [choice],
        items: THEMES.map((key) => ({ key, label: t(`theme.${key}`) })),
        onClick: ({ key }) => {
          choose(THEMES.find((one) => one === key) ?? 'system')
        },
      }}
    >
      <Button type="text" icon={<BulbOutlined />} aria-label={t('theme.label')} />
    </Dropdown>
  )
}
