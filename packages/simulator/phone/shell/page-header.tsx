import type { ReactNode } from 'react'
import { usePreferences, type ThemeChoice } from './preferences.js'

/** Title, language and appearance. */
export const PageHeader = ({ children }: { children?: ReactNode }) => {
  const { words, language, setLanguage, themeChoice, setThemeChoice } = usePreferences()
  return (
    <header className="page-header">
      <div className="page-title">
        <span className="page-mark" aria-hidden="true" />
        <div>{children}</div>
      </div>
      <div className="page-tools">
        <button
          type="button"
          className="quiet"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          title={words.languageLabel}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {words.language}
        </button>
        <label className="quiet">
          {words.theme}
          <select
            value={themeChoice}
            onChange={(event) => setThemeChoice(event.target.value as ThemeChoice)}
          >
            <option value="system">{words.themeSystem}</option>
            <option value="light">{words.themeLight}</option>
            <option value="dark">{words.themeDark}</option>
          </select>
        </label>
      </div>
    </header>
  )
}
