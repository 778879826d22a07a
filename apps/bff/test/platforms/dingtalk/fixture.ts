import { Secret } from '../../../src/core/config/secret.js'
import type { PlatformFixture } from '../../kit/platform-fixture.js'
import { dingtalk, type DingtalkAppConfig } from './dingtalk.js'

export const DINGTALK = 'acme-dingtalk'

export const dingtalkApp = (apiBase: string): DingtalkAppConfig => ({
  id: DINGTALK,
  platform: dingtalk.name,
  appKey: 'ding0123456789ab',
  secret: new Secret('dingtalk-secret-for-tests'),
  apiBase,
})

export const dingtalkFixture: PlatformFixture = {
  platform: dingtalk,
  app: dingtalkApp,
  ownKeys: [['appKey', 'ding']],
  loginPath: '/v1.0/login',
  login: (viewerKey, sessionKey) => ({ errcode: 0, staff: { id: viewerKey }, key: sessionKey }),
  tokenPath: '/v1.0/token',
  declaration: { path: '/v1.0/ticket', answer: (ticket) => ({ errcode: 0, ticket }) },
  declared: 'ticket00000000001',
  refusesCode: [40078],
  refusesUs: [40089, 33001],
  notAllowed: 60011,
  plaintext: (ticket, openedBy) => JSON.stringify({ openedBy, ticket }),
}
