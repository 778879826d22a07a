// 整个小程序只建一次 Made once for the whole mini-program.
const { createBffClient, detectPlatform, wxRequest, wxStorage } = require('./sealcard-kit')

const platform = detectPlatform(wx)
const request = wxRequest(wx)

/** 问自己的后端 Asks our own back-end. */
const ask = async (path, body, token) => {
  const headers = { 'Content-Type': 'application/json' }
  if (token) headers.Authorization = `Bearer ${token}`
  const url = `https://shop.example${path}`
  const answer = await request({ url, method: 'POST', headers, body: JSON.stringify(body) })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  return answer.body
}

const client = createBffClient({
  baseUrl: 'https://bff.sealcard.example',
  app: 'demo-wechat',
  request,
  storage: wxStorage(wx),
  login: () => platform.login(),
  // 换 code 的只有自己的后端 Only our own back-end exchanges the code.
  exchange: (code) => ask('/login', { code }),
  now: Date.now,
})

module.exports = { platform, client, ask }
