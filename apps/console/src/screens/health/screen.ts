import { HeartOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'health',
  words: { zh: '健康与密钥', en: 'Health and keys' },
  icon: HeartOutlined,
  page: lazy(() => import('./page')),
}
