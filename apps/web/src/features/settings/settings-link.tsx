import { routes } from '../../routes'
import { useWords } from '../../services'

/** The way to the settings, below every page. @param props.away from the page of a shared card: another document */
export const SettingsLink = ({ away = false }: { away?: boolean }) => {
  const { t } = useWords()
  return (
    <p className="settings-link">
      <a href={away ? routes.home + routes.settings : routes.settings}>{t('settings.link')}</a>
    </p>
  )
}
