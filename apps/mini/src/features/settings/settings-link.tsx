import { Text, View } from '@tarojs/components'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { aria } from '../../ui/aria'
import { navigation } from '../navigation'
import './settings-link.css'

/** The way to the settings, on every page. @param props.short in a row with others */
export const SettingsLink = ({ short = false }: { short?: boolean }) => {
  const label = t(short ? 'settings.title' : 'settings.link')
  return (
    <View
      id="settings"
      className={`settings-link ${short ? 'settings-link--short' : ''}`}
      hoverClass="settings-link--pressed"
      onClick={() => void navigation.open(routes.settings)}
      {...aria({ role: 'button', label })}
    >
      <Text>{label}</Text>
    </View>
  )
}
