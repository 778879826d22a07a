import { createWechatPlatform } from '../src/wechat.js'
import { createWecomWebPlatform } from '../src/wecom-web.js'
import { createWecomPlatform } from '../src/wecom.js'
import { fakeWw, fakePage, signaturesFor, type WwAnswer } from './kit/fake-ww.js'
import { fakeWx, type Answer } from './kit/fake-wx.js'
import { describePlatform, type Play, type PlatformUnderTest } from './kit/platform-suite.js'

const toAnswer = (how: Play): Answer => {
  if (how === 'denied') return { fail: { errMsg: 'x:fail no permission' } }
  if (how === 'fails') return { fail: { errMsg: 'x:fail network' } }
  return how === 'throws' ? { throws: new Error('?') } : how
}

const miniProgram = (kind: 'wechat' | 'wecom', apis: Record<string, string>): PlatformUnderTest => {
  const fake = fakeWx(kind)
  return {
    platform: kind === 'wechat' ? createWechatPlatform(fake.wx) : createWecomPlatform(fake.wx),
    play: (call, how) => {
      fake.answers[apis[call]!] = toAnswer(how)
    },
    seen: (call) => fake.calls.filter(({ api }) => api === apis[call]).map(({ args }) => args),
  }
}

describePlatform('WeChat', () =>
  miniProgram('wechat', { declare: 'updateShareMenu', prove: 'authPrivateMessage' }),
)
describePlatform('WeCom', () =>
  miniProgram('wecom', {
    declare: 'qy.setShareAttr',
    ticket: 'qy.getContext',
    prove: 'qy.getShareInfo',
  }),
)
describePlatform('WeCom in a web page', () => {
  const fake = fakeWw()
  const { page } = fakePage()
  const apis = { declare: 'setShareAttr', ticket: 'getContext', prove: 'getShareInfo' }
  const answer = (api: string, how: Play): WwAnswer => {
    if (how === 'denied') return { reject: { errMsg: `${api}:notrecipient` } }
    if (how === 'fails') return { reject: { errMsg: `${api}:fail` } }
    return how === 'throws' ? { throws: new Error('SDK Error: ?') } : how
  }
  return {
    platform: createWecomWebPlatform(fake.ww, {
      page,
      sign: (url) => Promise.resolve(signaturesFor(url)),
      logIn: () => undefined,
    }),
    play: (call, how) => {
      fake.answers[apis[call]] = answer(apis[call], how)
    },
    seen: (call) => fake.named(apis[call]),
  }
})
