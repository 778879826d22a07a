import { screen as administrators } from './administrators/screen'
import { screen as apps } from './apps/screen'
import { screen as audit } from './audit/screen'
import { screen as policy } from './policy/screen'
import { screen as overview } from './overview/screen'
import { screen as health } from './health/screen'
import type { Screen } from './screen'

/** Every screen, in the order of the menu. One line for each. */
export const SCREENS: readonly Screen[] = [
  overview,
  // 卡片 cards
  // 打开记录 openings
  // 人员 people
  // 申请 requests
  policy,
  audit,
  apps,
  health,
  administrators,
]
