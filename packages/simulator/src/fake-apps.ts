import type { Apps } from './world/world.js'

/** Obviously fake, so that no reader takes a simulated app for a real one. */
export const FAKE_WECHAT_SECRET = 'fake-wechat-secret-0000000000001'
export const FAKE_WECOM_SECRET = 'fake-wecom-secret-00000000000000000000000001'

export const fakeApps = (): Apps => ({
  wechat: [
    {
      appid: 'wx0000000000000001',
      secret: FAKE_WECHAT_SECRET,
      name: '封笺 Sealcard',
      openPlatform: true,
    },
  ],
  wecom: [
    {
      corpid: 'ww0000000000000001',
      agentid: 1000002,
      secret: FAKE_WECOM_SECRET,
      miniProgram: 'wx0000000000000001',
      outOfRange: [],
    },
  ],
})
