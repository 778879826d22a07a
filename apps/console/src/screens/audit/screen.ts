import { AuditOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { Screen } from '../screen'

export const screen: Screen = {
  path: 'audit',
  words: { zh: '审计', en: 'Audit' },
  icon: AuditOutlined,
  page: lazy(() => import('./page')),
}
