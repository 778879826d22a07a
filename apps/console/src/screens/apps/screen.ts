import { ApiOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'apps',
  words: { zh: '应用与机器人', en: 'Apps and bots' },
  icon: ApiOutlined,
  page: lazy(() => import('./page')),
}
