import { wechat } from '../../../src/platforms/wechat/wechat.js'
import { wecom } from '../../../src/platforms/wecom/wecom.js'
import { wechatApp, wecomApp } from '../../kit/sample-config.js'
import { dingtalkFixture } from '../dingtalk/fixture.js'
import type { PlatformFixture } from '../../kit/platform-fixture.js'

const wechatFixture: PlatformFixture = {
  platform: wechat,
  app: wechatApp,
  ownKeys: [['appid', 'wx1']],
  loginPath: '/sns/jscode2session',
  login: (viewerKey, sessionKey) => ({ openid: viewerKey, session_key: sessionKey }),
  tokenPath: '/cgi-bin/stable_token',
  declaration: {
    path: '/cgi-bin/message/wxopen/activityid/create',
    answer: (value) => ({ errcode: 0, activity_id: value }),
  },
  declared: '1151_an-activity',
  refusesCode: [40029, 40163, 40226],
  refusesUs: [40013, 40125, 41002, 45011],
  notAllowed: 40164,
  plaintext: (declared) => declared,
}

const wecomFixture: PlatformFixture = {
  platform: wecom,
  app: wecomApp,
  ownKeys: [
    ['corpid', '1'],
    ['agentid', 'x'],
  ],
  loginPath: '/cgi-bin/miniprogram/jscode2session',
  login: (viewerKey, sessionKey) => ({
    errcode: 0,
    corpid: 'ww0000000000000001',
    userid: viewerKey,
    session_key: sessionKey,
  }),
  tokenPath: '/cgi-bin/gettoken',
  declared: 'a-state-of-43-characters-as-the-service-has',
  refusesCode: [40029, 42003, 42022, 50002, 60011, 60111],
  refusesUs: [40091, 48002, 45009],
  notAllowed: 60020,
  plaintext: (state, curReceiver) => JSON.stringify({ chatId: 'c1', state, curReceiver }),
}

/** Every platform passes the suite. A new one has its fixture here. */
export const fixtures: readonly PlatformFixture[] = [wechatFixture, wecomFixture, dingtalkFixture]
