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
  // 策略 policy
  // 审计 audit
  // 应用与机器人 apps
  health,
  // 管理员与令牌 administrators
]
