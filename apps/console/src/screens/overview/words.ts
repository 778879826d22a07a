import type { Words } from '@sealcard/client'

export const overviewWords = {
  title: { zh: '概览', en: 'Overview' },
  lead: { zh: '数字按中国时间的自然日计算。', en: 'Figures are of days in China.' },
  opened: { zh: '今天打开', en: 'Opened today' },
  refused: { zh: '今天被拒', en: 'Refused today' },
  expiring: { zh: '7 天内到期', en: 'Expire within 7 days' },
  platforms: { zh: '平台', en: 'Platforms' },
  yesterday: { zh: '昨天 {n}', en: 'Yesterday: {n}' },
  'expiring.next': { zh: '最早 {when}', en: 'The first {when}' },
  'expiring.none': { zh: '没有要到期的卡片', en: 'No card is about to expire' },
  'platforms.well': { zh: '{well}/{apps} 正常', en: '{well} of {apps} work' },
  'platforms.bad': { zh: '有平台调用不通', en: 'Calls of a platform fail' },
  'platforms.good': { zh: '都能调用', en: 'All can be called' },
  'feed.title': { zh: '最近动态', en: 'Latest activity' },
  'feed.empty': {
    zh: '还没有动态。有人写卡片或打开卡片后，这里会出现一句话。',
    en: 'Nothing yet. A sentence appears here when somebody writes or opens a card.',
  },
  'feed.more': { zh: '全部打开记录', en: 'All openings' },
  'expiring.title': { zh: '快到期的卡片', en: 'Cards that expire soon' },
} as const satisfies Words
