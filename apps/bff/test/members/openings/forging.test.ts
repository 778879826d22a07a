import { createDecipheriv, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { countCases, scale } from '@sealcard/testing'
import type { Proof } from '../../../src/platforms/registry/platform.js'
import { IN_MEMORY, WECHAT, WECOM } from '../../kit/config.js'
import { ForgingTool, type Oracle } from '../../kit/forging-tool.js'
import { key } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

/** The whole answer as a client sees it, but what differs from request to request by design: its id and the date. */
const post = (
  url: string,
  token: string,
  body: unknown,
): Promise<{ seen: string; code: number }> => {
  const payload = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
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

describe.each([WECHAT, WECOM])('B2 the forging tool, in %s', (appId) => {
  let app: TestApp
  let url: string
  let mallory: string
  let stolen: { shareId: string; declared: string }
  beforeAll(async () => {
    app = await TestApp.start(IN_MEMORY)
    const alice = await app.login('alice', appId)
    stolen = await app.shared(alice)
    await app.nest.listen(0, '127.0.0.1')
    url = `${await app.nest.getUrl()}/v1/shares/${stolen.shareId}/openings`
    mallory = await app.login('mallory', appId)
  })
  afterAll(() => app.stop())

  const sessionKey = Buffer.from(key('mallory'), 'base64')
  /** What the tool wants to be believed. */
  const target = () =>
    appId === WECOM
      ? JSON.stringify({ chatId: '', state: stolen.declared, curReceiver: 'mallory' })
      : stolen.declared

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
      mallory = await app.login('mallory', appId)
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
