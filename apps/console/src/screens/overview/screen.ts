import { DashboardOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'overview',
  words: { zh: '概览', en: 'Overview' },
  icon: DashboardOutlined,
  page: lazy(() => import('./page')),
}
