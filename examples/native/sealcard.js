// 整个小程序只建一次 Made once for the whole mini-program.
const { createBffClient, detectPlatform, wxRequest, wxStorage } = require('@sealcard/kit')

exports.platform = detectPlatform(wx)
exports.client = createBffClient({
  baseUrl: 'https://bff.sealcard.example',
  app: exports.platform.kind === 'wecom' ? 'demo-wecom' : 'demo-wechat',
  request: wxRequest(wx),
  storage: wxStorage(wx),
  login: () => exports.platform.login(),
  now: Date.now,
})
