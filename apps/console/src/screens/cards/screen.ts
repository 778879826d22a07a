import { FileProtectOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'cards',
  words: { zh: '卡片', en: 'Cards' },
  icon: FileProtectOutlined,
  page: lazy(() => import('./page')),
}
