import { detectPlatform, isWecom } from '../src/detect.js'
import { readSystemInfo } from '../src/system-info.js'
import { fakeWx } from './kit/fake-wx.js'

describe('detectPlatform', () => {
  it('knows WeChat from WeCom', () => {
    expect(detectPlatform(fakeWx().wx).kind).toBe('wechat')
    expect(detectPlatform(fakeWx('wecom').wx).kind).toBe('wecom')
  })

  it('knows WeCom by wx.qy where environment is missing, and by environment where wx.qy is', () => {
    const noEnvironment = fakeWx('wecom')
    delete noEnvironment.system.environment
    expect(isWecom(noEnvironment.wx)).toBe(true)
    const noQy = fakeWx('wecom')
    delete noQy.wx.qy
    expect(isWecom(noQy.wx)).toBe(true)
  })
})

describe('readSystemInfo', () => {
  it('puts together what the client has, and survives calls that throw', () => {
    expect(
      readSystemInfo({
        getSystemInfoSync: () => ({ platform: 'ios' }),
        getAppBaseInfo: () => ({ language: 'en' }),
        getDeviceInfo: () => {
          throw new Error('not supported')
        },
      }),
    ).toEqual({ platform: 'ios', language: 'en' })
    expect(readSystemInfo({})).toEqual({})
  })
})
