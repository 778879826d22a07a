import { EyeOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'openings',
  words: { zh: '打开记录', en: 'Openings' },
  icon: EyeOutlined,
  page: lazy(() => import('./page')),
}
