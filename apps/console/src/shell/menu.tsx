import { Menu } from 'antd'
import { createElement } from 'react'
import { Link, useLocation, useSearchParams } from 'react-router'
import { useLanguage, useWords } from '../i18n/words'
import { SCREENS } from '../screens/registry'
import { shellWords } from '../frame/words'

/** The screens that exist. The app that the header chose goes along. */
export const MainMenu = () => {
  const language = useLanguage()
  const t = useWords(shellWords)
  const { pathname } = useLocation()
  const [params] = useSearchParams()
  const app = params.get('app')
  const query = app === null ? '' : `?app=${encodeURIComponent(app)}`
  return (
    <nav aria-label={t('menu')}>
      <Menu
        mode="inline"
        style={{ borderInlineEnd: 0 }}
        selectedKeys={[pathname.split('/')[1] ?? '']}
        items={SCREENS.map(({ path, words, icon }) => ({
          key: path,
          icon: createElement(icon),
          label: <Link to={`/${path}${query}`}>{words[language]}</Link>,
        }))}
      />
    </nav>
  )
}
