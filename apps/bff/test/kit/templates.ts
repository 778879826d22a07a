import type { AppConfig } from '../../src/core/config/config.js'
import type { SubscriptionTemplates } from '../../src/platforms/wechat/subscription-template.js'
import { testConfig, WECHAT } from './config.js'

export const TEMPLATES = {
  opened: {
    id: 'tmplOpened0000000000000000000000000000000001',
    fields: { thing1: 'title', thing2: 'who', number3: 'count', time4: 'time' },
  },
  requested: {
    id: 'tmplRequested00000000000000000000000000000002',
    fields: { thing1: 'title', name2: 'who', thing3: 'note', date4: 'time' },
  },
  expiring: {
    id: 'tmplExpiring000000000000000000000000000000003',
    fields: { thing1: 'title', time2: 'time', thing3: { text: '点开可以延期' } },
  },
} as const satisfies SubscriptionTemplates

/** The test's apps, WeChat's first one with templates. */
export const appsWithTemplates = (templates: SubscriptionTemplates = TEMPLATES): AppConfig[] =>
  testConfig('').apps.map((app) => (app.id === WECHAT ? { ...app, templates } : app))
