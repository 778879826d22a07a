import { SafetyCertificateOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'administrators',
  words: { zh: '管理员与令牌', en: 'Administrators' },
  icon: SafetyCertificateOutlined,
  page: lazy(() => import('./page')),
}
