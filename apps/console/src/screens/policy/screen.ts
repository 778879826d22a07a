import { ControlOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'policy',
  words: { zh: '策略', en: 'Policy' },
  icon: ControlOutlined,
  page: lazy(() => import('./page')),
}
