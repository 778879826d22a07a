import { TeamOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'people',
  words: { zh: '人员', en: 'People' },
  icon: TeamOutlined,
  page: lazy(() => import('./page')),
}
