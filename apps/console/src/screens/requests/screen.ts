import { QuestionCircleOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'requests',
  words: { zh: '申请', en: 'Requests' },
  icon: QuestionCircleOutlined,
  page: lazy(() => import('./page')),
}
