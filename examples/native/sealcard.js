// 整个小程序只建一次 Made once for the whole mini-program.
const { createBffClient, detectPlatform, wxRequest, wxStorage } = require('@sealcard/kit')

const platform = detectPlatform(wx)

const client = createBffClient({
  baseUrl: 'https://bff.sealcard.example',
  app: platform.kind === 'wecom' ? 'demo-wecom' : 'demo-wechat',
  request: wxRequest(wx),
  storage: wxStorage(wx),
  login: () => platform.login(),
  now: Date.now,
})

module.exports = { platform, client }
