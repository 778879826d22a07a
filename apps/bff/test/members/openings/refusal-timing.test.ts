/**
 * How long a refusal takes says nothing about its cause: dudect's method, over a loopback connection.
 * It takes samples of each class in random order and cuts off the slowest tenth of all at one threshold.
 * Then it computes Welch's t between every two classes.
 * On every commit a handful of samples only show that it runs. The nightly form judges.
 */
import { createCipheriv } from 'node:crypto'
import { Agent } from 'node:http'
import { compare, countCases, SeededRandom, LIMIT, nightly, scale } from '@sealcard/testing'
import { base62 } from '../../../src/core/ids.js'
import type { Proof } from '../../../src/platforms/registry/platform.js'
import { IN_MEMORY, WECHAT, WECHAT_B, WECOM, WECOM_B } from '../../kit/config.js'
import { key, seal, wechatProof, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'
import { timedCall } from '../../kit/timed-call.js'

jest.setTimeout(6 * 3_600_000)

const SAMPLES = scale(8, 50_000)

test('B2 the comparison works: a difference of a tenth shows, chance does not', () => {
  const random = new SeededRandom(3)
  const noisy = (mean: number) =>
    Array.from({ length: 5_000 }, () => mean + random.below(1_000) / 1_000)
  const times = new Map([
    ['a', noisy(10)],
    ['b', noisy(10)],
    ['slower', noisy(10.1)],
  ])
  const found = new Map(compare(times).map(([pair, t]) => [pair, Math.abs(t)]))
  expect(found.get('a / b')).toBeLessThan(LIMIT)
  expect(found.get('a / slower')).toBeGreaterThan(LIMIT)
  expect(found.get('b / slower')).toBeGreaterThan(LIMIT)
})

describe.each([
  [WECHAT, WECHAT_B],
  [WECOM, WECOM_B],
])('B2 the time of refusals in %s', (appId, sister) => {
  let app: TestApp
  let base: string
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  beforeAll(async () => {
    app = await TestApp.start(IN_MEMORY)
    await app.nest.listen(0, '127.0.0.1')
    base = await app.nest.getUrl()
  })
  afterAll(async () => {
    agent.destroy()
    await app.stop()
  })

  /** @returns nanoseconds from the request to the end of its answer */
  const timed = (token: string, shareId: string, proof: Proof): Promise<number> =>
    timedCall(agent, {
      url: `${base}/v1/shares/${shareId}/openings`,
      token,
      body: proof,
      status: 403,
    })

  test('B2 of no two causes they differ by more than chance allows', async () => {
    const wecom = appId === WECOM
    // The sender has a name: whoever is refused must not wait until it is opened.
    app.wecom.names.set('alice', '林晓')
    const alice = await app.login('alice', appId)
    if (!wecom) await app.call('PATCH', '/v1/me', { token: alice, body: { name: '林晓' } })
    const [mine, other] = [await app.shared(alice), await app.shared(alice)]
    const foreign = await app.shared(await app.login('alice', sister))
    const random = new SeededRandom(7)
    const k = key('bob')
    const iv = () => random.bytes(16).toString('base64')
    const nonce = () => `${random.below(2 ** 30)}`
    const text = (value: string, receiver = 'bob') =>
      wecom ? JSON.stringify({ chatId: 'chat', state: value, curReceiver: receiver }) : value
    const about = (value: string, person = 'bob') =>
      wecom
        ? wecomProof(key(person), value, person, nonce())
        : wechatProof(key(person), value, nonce())
    const unpadded = (bytes: Buffer): Proof => {
      const at = iv()
      const cipher = createCipheriv(
        'aes-128-cbc',
        Buffer.from(k, 'base64'),
        Buffer.from(at, 'base64'),
      )
      return {
        encryptedData: cipher.setAutoPadding(false).update(bytes).toString('base64'),
        iv: at,
      }
    }
    const size = Math.ceil((text(mine.declared).length + 1) / 16) * 16
    const classes: Record<string, () => [string, Proof]> = {
      'bad padding': () => [mine.shareId, unpadded(Buffer.alloc(size, 0x41))],
      noise: () => [
        mine.shareId,
        { encryptedData: random.bytes(size).toString('base64'), iv: iv() },
      ],
      'bad UTF-8': () => [mine.shareId, seal(k, Buffer.alloc(size - 5, 0xff), iv())],
      'bad JSON': () => [mine.shareId, seal(k, text(mine.declared).replace(/.$/, ']'), iv())],
      'unknown value': () => [mine.shareId, about('x'.repeat(mine.declared.length))],
      "another card's value": () => [mine.shareId, about(other.declared)],
      "another person's key": () => [mine.shareId, about(mine.declared, 'alice')],
      'no such share': () => [base62(random.bytes(16)), about(mine.declared)],
      "another app's share": () => [foreign.shareId, about(foreign.declared)],
      ...(wecom && {
        'another receiver': () => [mine.shareId, seal(k, text(mine.declared, 'eve'), iv())],
      }),
    }
    const times = new Map<string, number[]>(Object.keys(classes).map((name) => [name, []]))
    let bob = await app.login('bob', appId)
    const measure = async (name: string) => {
      // Rejections leave the windows of the limits as fast as they come in.
      app.clock.advance(10_000)
      const [shareId, proof] = classes[name]?.() ?? [mine.shareId, about('x')]
      return timed(bob, shareId, proof)
    }
    for (let i = 0; i < scale(1, 200); i++) for (const name of times.keys()) await measure(name)
    const open = [...times.keys()]
    for (let i = 0; open.length > 0; i++) {
      if (i % 10_000 === 0) bob = await app.login('bob', appId)
      const name = random.pick(open)
      const values = times.get(name) ?? []
      values.push(await measure(name))
      if (values.length === SAMPLES) open.splice(open.indexOf(name), 1)
    }
    countCases(times.size * SAMPLES)
    const found = compare(times)
    expect(found).toHaveLength((times.size * (times.size - 1)) / 2)
    if (!nightly) return
    const shown = found.slice(0, 5).map(([pair, t]) => `${t.toFixed(2)} (${pair})`)
    console.info(`B2 ${appId}, ${SAMPLES} samples of each class, largest t: ${shown.join(', ')}`)
    expect(Math.abs(found[0]?.[1] ?? NaN)).toBeLessThan(LIMIT)
  })
})
