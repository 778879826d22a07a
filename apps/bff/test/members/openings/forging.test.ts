import { createDecipheriv, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { deriveTicketKey } from '@sealcard/crypto'
import { countCases, scale } from '@sealcard/testing'
import type { Proof } from '../../../src/platforms/registry/platform.js'
import { IN_MEMORY, WECHAT, WECOM } from '../../kit/config.js'
import { ForgingTool, type Oracle } from '../../kit/forging-tool.js'
import { key } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'
import { ORIGIN, WebBrowser, webConfig } from '../../kit/web-browser.js'

/** The whole answer as a client sees it, but what differs from request to request by design: its id and the date. */
const post = (
  url: string,
  identity: Record<string, string>,
  body: unknown,
): Promise<{ seen: string; code: number }> => {
  const payload = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        headers: {
          ...identity,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        answer.on('end', () => {
          const headers = answer.rawHeaders.filter(
            (_, i, all) => !/^(date|x-request-id)$/i.test(all[i - (i % 2)] ?? ''),
          )
          const shown = text.replace(/"requestId":"[^"]*"/, '')
          const code = answer.statusCode ?? 0
          resolve({ seen: JSON.stringify([code, answer.statusMessage, headers, shown]), code })
        })
      },
    )
    call.on('error', reject).end(payload)
  })
}

/** Where a proof is opened, and what it is opened by. */
interface Place {
  readonly start: () => Promise<TestApp>
  readonly share: (app: TestApp) => Promise<{ shareId: string; declared: string }>
  /** The headers of mallory's session. */
  readonly login: (app: TestApp) => Promise<Record<string, string>>
  readonly key: (app: TestApp) => string
  /** What the tool wants to be believed. */
  readonly target: (declared: string) => string
}

const ofWecom = (state: string) => JSON.stringify({ chatId: '', state, curReceiver: 'mallory' })

const mini = (appId: string, target: Place['target']): Place => ({
  start: () => TestApp.start(IN_MEMORY),
  share: async (app) => app.shared(await app.login('alice', appId)),
  login: async (app) => ({ authorization: `Bearer ${await app.login('mallory', appId)}` }),
  key: () => key('mallory'),
  target,
})

const PLACES: Record<string, Place> = {
  'a mini-program of WeChat': mini(WECHAT, (declared) => declared),
  'a mini-program of WeCom': mini(WECOM, ofWecom),
  // One key for all people of the app: what is forged here would be good for anybody.
  'a web page of WeCom': {
    start: () => TestApp.start({ ...IN_MEMORY, ...webConfig() }),
    share: async (app) => app.shared(await app.login('alice', WECOM)),
    login: async (app) => {
      const { cookies } = await new WebBrowser(app).login('mallory')
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      return { cookie, origin: ORIGIN, 'x-sealcard': '1' }
    },
    key: (app) => deriveTicketKey(app.wecom.web.ticket('agent', { id: WECOM }), 'url16'),
    target: ofWecom,
  },
}

describe.each(Object.keys(PLACES))('B2 the forging tool, in %s', (name) => {
  const place = PLACES[name]!
  let app: TestApp
  let url: string
  let mallory: Record<string, string>
  let stolen: { shareId: string; declared: string }
  let sessionKey: Buffer
  beforeAll(async () => {
    app = await place.start()
    stolen = await place.share(app)
    await app.nest.listen(0, '127.0.0.1')
    url = `${await app.nest.getUrl()}/v1/shares/${stolen.shareId}/openings`
    mallory = await place.login(app)
    sessionKey = Buffer.from(place.key(app), 'base64')
  })
  afterAll(() => app.stop())

  const target = () => place.target(stolen.declared)

  test('B2 recovers 0 bytes from the service, asked over HTTP without a lockout', async () => {
    const service: Oracle = async (proof: Proof) => {
      // No lockout: rejections leave the window faster than they come, and the session is a new one before it ends.
      app.clock.advance(10_000)
      return (await post(url, mallory, proof)).seen
    }
    const tool = new ForgingTool(service)
    let bytes = 0
    for (let block = 0; block < scale(2, 40, 1); block++) {
      bytes += (await tool.recover(randomBytes(16))).bytes
      mallory = await place.login(app)
    }
    countCases(tool.queries)
    expect(bytes).toBe(0)
    expect(await tool.forge(target())).toBeNull()
    expect(tool.queries).toBeGreaterThanOrEqual(scale(3, 41, 2) * 256)
  })

  test('B2 the tool works: against a service that distinguishes bad padding it forges a proof that opens the card', async () => {
    const leaky: Oracle = async ({ encryptedData, iv }) => {
      const decipher = createDecipheriv('aes-128-cbc', sessionKey, Buffer.from(iv, 'base64'))
      try {
        decipher.update(encryptedData, 'base64')
        decipher.final()
        return 'rejected'
      } catch {
        return 'rejected, and differently'
      }
    }
    const tool = new ForgingTool(leaky)
    const { bytes, output } = await tool.recover(Buffer.alloc(16, 7))
    const truth = createDecipheriv('aes-128-ecb', sessionKey, null).setAutoPadding(false)
    expect({ bytes, output }).toEqual({ bytes: 16, output: truth.update(Buffer.alloc(16, 7)) })
    const forged = await tool.forge(target())
    // One bit would do: the proof is as good as the platform's own, which is why no bit may leak.
    expect((await post(url, mallory, forged)).code).toBe(201)
    expect(tool.queries).toBeGreaterThan(10_000)
  })
})
