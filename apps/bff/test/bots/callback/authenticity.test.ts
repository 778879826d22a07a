import { countCases, scale } from '@sealcard/testing'
import { CallbackVerifier } from '../../../src/bots/callback/callback-verifier.js'
import { CallbackService } from '../../../src/bots/callback/callback.service.js'
import { BotCallbackEntity } from '../../../src/bots/storage/bot-callback.entity.js'
import { ApiError } from '../../../src/core/errors/api-error.js'
import {
  BotSender,
  deskBot,
  KEYS,
  OTHER_KEYS,
  previousKeys,
  type Wire,
} from '../../kit/bot-sender.js'
import { DEFAULTS } from '../../kit/config.js'
import { mutants } from '../../kit/mutants.js'
import { type Answer, TestApp } from '../../kit/test-app.js'

let app: TestApp
let bot: BotSender
beforeAll(async () => {
  app = await TestApp.start({ bots: [deskBot(), deskBot({ id: 'other' }, OTHER_KEYS)] })
  bot = new BotSender(app)
})
afterAll(() => app.stop())

const help = () => bot.message({ msgtype: 'text', text: { content: '帮助' } })
const handled = () => app.storage.manager.count(BotCallbackEntity)

const expectRefused = (answer: Answer) => {
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 403, text: '' })
  expect(answer.headers['content-type']).toBeUndefined()
  expect(answer.headers['content-length']).toBe('0')
}
const get = (query: string, id = 'desk') => app.call('GET', `/v1/bots/${id}/callback?${query}`)
const encoded = (query: Record<string, string>) => new URLSearchParams(query).toString()
const echo = (plaintext: string) => {
  const { query, body } = bot.seal(plaintext)
  return { ...query, echostr: JSON.parse(body).encrypt as string }
}

describe('A6 the verification of the URL', () => {
  it.each([
    '1616140317555161061',
    '{"a":"b"}',
    '"quoted"',
    '你好 👋',
    ' spaced \n',
    '\ufeffmark',
    '<b>&amp;',
    '',
    'x'.repeat(3000),
  ])('%j comes back byte for byte', async (plaintext) => {
    const response = await app.nest.inject({
      method: 'GET',
      url: `${bot.url}?${encoded(echo(plaintext))}`,
    })
    expect(response.statusCode).toBe(200)
    expect(response.rawPayload.equals(Buffer.from(plaintext))).toBe(true)
    expect(response.headers['content-type']).toBe('text/plain')
  })

  it('answers the sample of the documentation, with its own keys and time', async () => {
    const sample = {
      token: 'QDG6eK',
      encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
      receiveId: '',
    }
    const other = await TestApp.start({ bots: [deskBot({}, sample)] })
    other.clock.set(1641002400_000)
    const answer = await other.call(
      'GET',
      `/v1/bots/desk/callback?${encoded({
        msg_signature: '260abd949b15b735ff4196a35415353b4d04df82',
        timestamp: '1641002400',
        nonce: 'nonce-1',
        echostr:
          'lyox/OPX0OXp74gDvdj0iNEw4SiWCUHMU07uQCayNM6vGS6N8s+MvhdzMh1s1VwLo1hbZBxFrl/+RrpfknD/pw==',
      })}`,
    )
    expect([answer.status, answer.text]).toEqual([200, '1616140317555161061'])
    await other.stop()
  })

  it('reads a plus that is not encoded as a plus, and the keys in any order', async () => {
    let query: Record<string, string> = echo('1')
    while (!query['echostr']?.includes('+')) query = echo('1')
    const { echostr, nonce, timestamp, msg_signature } = query
    const url = `echostr=${echostr}&nonce=${nonce}&timestamp=${timestamp}&msg_signature=${msg_signature}`
    expect((await get(url)).text).toBe('1')
  })

  it('answers everything else with 403, empty', async () => {
    const good = echo('1')
    expect((await get(encoded(good))).status).toBe(200)
    const wrong: string[] = ['', '?', 'msg_signature']
    for (const key of Object.keys(good)) {
      const { [key as keyof typeof good]: value, ...rest } = good
      wrong.push(encoded(rest), encoded({ ...good, [key]: '' }))
      wrong.push(`${encoded(good)}&${encoded({ [key]: value })}`)
      wrong.push(`${encoded(rest)}&${key}[]=${encodeURIComponent(value)}`)
      wrong.push(`${encoded(rest)}&${key}=%zz`, encoded({ ...good, [key]: `${value}x` }))
    }
    wrong.push(`${encoded(good)}&own=1&own=2`)
    for (const query of wrong) expectRefused(await get(query))
    expect((await get(`${encoded(good)}&own=1`)).status).toBe(200)
    for (const id of ['nobody', 'other', '__proto__', 'x'.repeat(300)])
      expectRefused(await get(encoded(good), id))
    expectRefused(await app.call('POST', `${bot.url}?${encoded(good)}`))
  })
})

describe('A5 freshness', () => {
  it.each([
    [-301, 403],
    [-300, 200],
    [0, 200],
    [300, 200],
    [301, 403],
  ])('%d s: %d', async (seconds, status) => {
    const at = app.clock.now() + seconds * 1000
    expect((await bot.post(bot.seal(JSON.stringify(help()), undefined, at))).status).toBe(status)
    const { query, body } = bot.seal('1', undefined, at)
    const verified = await get(encoded({ ...query, echostr: JSON.parse(body).encrypt }))
    expect(verified.status).toBe(status)
  })
})

describe('the body', () => {
  it('is read whatever the Content-Type says', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'application/octet-stream',
      'application/xml; charset=gbk',
      'multipart/form-data; boundary=x',
      'nonsense',
      ';;',
      '',
    ]) {
      const wire = bot.seal(JSON.stringify(help()))
      const answer = await bot.post(wire, { 'content-type': type })
      expect([type, answer.status]).toEqual([type, 200])
      expect(bot.open(answer, wire).template_card).toBeDefined()
    }
    const wire = bot.seal(JSON.stringify(help()))
    const url = `${bot.url}?${encoded(wire.query)}`
    const bare = await app.nest.inject({ method: 'POST', url, payload: Buffer.from(wire.body) })
    expect(bare.statusCode).toBe(200)
  })

  it('may have further fields; a wrong envelope is not authentic', async () => {
    const wire = bot.seal(JSON.stringify(help()))
    const { encrypt } = JSON.parse(wire.body)
    const more = JSON.stringify({ tousername: 'x', encrypt, agentid: '' })
    expect((await bot.post({ ...wire, body: more })).status).toBe(200)
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      JSON.stringify(encrypt),
      JSON.stringify({ Encrypt: encrypt }),
      JSON.stringify({ encrypt: [encrypt] }),
      JSON.stringify({ encrypt: { toString: encrypt } }),
      `{"__proto__":{"encrypt":${JSON.stringify(encrypt)}}}`,
      `<xml><Encrypt>${encrypt}</Encrypt></xml>`,
      `\ufeff${wire.body}`,
      encodeURIComponent(wire.body),
    ]) {
      const fresh = bot.seal(JSON.stringify(help()))
      expectRefused(await bot.post({ ...fresh, body }))
    }
  })

  it('A1 is refused like everything else when it is too large, with and without a length', async () => {
    const wire = bot.seal(JSON.stringify(help()))
    const body = JSON.stringify({ encrypt: 'A'.repeat(300_000) })
    const answer = await bot.post({ ...wire, body })
    expect([answer.status, answer.text]).toEqual([403, ''])
    const large = JSON.stringify(
      bot.message({ msgtype: 'text', text: { content: '周'.repeat(40_000) } }),
    )
    expect((await bot.post(bot.seal(large))).status).toBe(200)
  })

  it('A1 is refused for a bot with an unreadable name as for an unknown bot', async () => {
    for (const name of ['%ff', '%', 'nobody']) {
      const answer = await app.call('POST', `/v1/bots/${name}/callback`, { body: '{}' })
      expect([name, answer.status, answer.text]).toEqual([name, 403, ''])
    }
  })

  it('never counts as false when it is authentic, whatever fails later', async () => {
    const failure = new ApiError('ERR_NOT_FOUND')
    const handle = jest.spyOn(app.nest.get(CallbackService), 'handle')
    handle.mockRejectedValueOnce(failure)
    const answer = await bot.post(bot.seal(JSON.stringify(help())))
    expect([answer.status, answer.body.code]).toEqual([404, 'ERR_NOT_FOUND'])
    handle.mockRestore()
  })

  it('arrives raw at no other route', async () => {
    const answer = await app.call('POST', '/v1/sessions', {
      body: '{}',
      headers: { 'content-type': 'application/x-sealcard-raw' },
    })
    expect([answer.status, answer.body.code]).toEqual([415, 'ERR_MEDIA_TYPE'])
  })

  it('of another bot under the same keys is not authentic', async () => {
    const strict = await TestApp.start({ bots: [deskBot({ aibotid: 'MINE' })] })
    const sender = new BotSender(strict)
    const to = (aibotid: string) => sender.seal(JSON.stringify({ ...help(), aibotid }))
    expect((await sender.post(to('MINE'))).status).toBe(200)
    expectRefused(await sender.post(to('THEIRS')))
    await strict.stop()
  })
})

describe('A1 mutated callbacks', () => {
  it('are refused alike: none is accepted, none causes an internal error', async () => {
    const before = await handled()
    const originals = Array.from({ length: 20 }, () => bot.seal(JSON.stringify(help())))
    const gate = app.nest.get(CallbackVerifier)
    const shapes = new Map<string, number>()
    const count = scale(100_000, 10_000_000, 5_000)
    const overHttp = scale(800, 200_000, 250)
    const tell = countCases(count)
    let admitted = 0
    let tried = 0
    for (const { query, body, headers } of mutants(originals, KEYS, count)) {
      const url = `${bot.url}${query}`
      if (!('refused' in gate.admit('desk', url, Buffer.from(body)))) admitted++
      tell(tried)
      // The way over HTTP costs a hundred times as much, so only every so many mutants take it.
      if (tried++ % (count / overHttp) > 0) continue
      const response = await app.nest.inject({ method: 'POST', url, headers, payload: body })
      const shape = `${response.statusCode} ${response.payload}`
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1)
    }
    expect({ admitted, tried }).toEqual({ admitted: 0, tried: count })
    expect([...shapes]).toEqual([['403 ', overHttp]])
    expect(await handled()).toBe(before)
  }, 3_600_000)
})

describe('A3 another cut between timestamp, nonce and ciphertext', () => {
  it('is refused or is the same callback, so that each runs once', async () => {
    const before = await handled()
    const gate = app.nest.get(CallbackVerifier)
    const count = scale(1_000, 1_000, 30)
    countCases(count)
    for (let i = 0; i < count; i++) {
      const wire = bot.seal(JSON.stringify(help()), `n${i}${'x'.repeat(i % 30)}`)
      const first = await bot.post(wire)
      expect(first.status).toBe(200)
      for (const variant of recut(wire)) {
        const url = `${bot.url}?${encoded(variant.query)}`
        const admitted = !('refused' in gate.admit('desk', url, Buffer.from(variant.body)))
        // The verifier refuses it. For one original in ten the test also asks over HTTP.
        if (!admitted && i % 10 > 0) continue
        const answer = await bot.post(variant)
        if (admitted) expect([answer.status, answer.text]).toEqual([200, first.text])
        else expectRefused(answer)
      }
    }
    expect(await handled()).toBe(before + count)
  }, 600_000)
})

/** Every other cut of the same text. The signature covers the sorted strings without separators. */
function* recut({ query, body }: Wire): Generator<Wire> {
  const { encrypt } = JSON.parse(body)
  const { timestamp = '', nonce = '', msg_signature = '' } = query
  for (let by = 1; by <= 8; by++) {
    for (const [time, once, sealed] of [
      [timestamp + nonce.slice(0, by), nonce.slice(by), encrypt],
      [timestamp.slice(0, -by), timestamp.slice(-by) + nonce, encrypt],
      [timestamp, nonce + encrypt.slice(0, by), encrypt.slice(by)],
      [timestamp, nonce.slice(0, -by), nonce.slice(-by) + encrypt],
    ]) {
      yield wireOf(msg_signature, time, once, sealed)
    }
  }
  yield wireOf(msg_signature, timestamp, nonce + encrypt.slice(0, 128), encrypt.slice(128))
}

const wireOf = (
  msg_signature: string,
  timestamp: string,
  nonce: string,
  encrypt: string,
): Wire => ({
  query: { msg_signature, timestamp, nonce },
  body: JSON.stringify({ encrypt }),
})

describe('A10 keys are changed under traffic', () => {
  it('accepts both sets until the old one ends, and then only the new one', async () => {
    const start = Date.UTC(2026, 0, 1)
    const until = start + 60_000
    const rotating = await TestApp.start({
      bots: [deskBot({ previous: previousKeys(KEYS, until) }, OTHER_KEYS)],
    })
    const old = new BotSender(rotating, KEYS)
    const present = new BotSender(rotating, OTHER_KEYS)
    const seconds = scale(64, 600)
    const counts = { present: 0, old: 0, refused: 0 }
    for (let i = 0; i < seconds; i++) {
      rotating.clock.set(start + i * 1000)
      // The keys of the question open the reply.
      const reply = await present.say('帮助')
      expect(reply.template_card.card_type).toBe('button_interaction')
      counts.present++
      const answer = await old.post(old.seal(JSON.stringify(help())))
      if (answer.status === 200) counts.old++
      else {
        expectRefused(answer)
        counts.refused++
      }
    }
    expect(counts).toEqual({ present: seconds, old: 60, refused: seconds - 60 })
    await rotating.stop()
  })

  it('works for a new EncodingAESKey under the same token, and for a new token under the same key', async () => {
    const mixed = { ...KEYS, encodingAesKey: OTHER_KEYS.encodingAesKey }
    for (const present of [mixed, { ...KEYS, token: OTHER_KEYS.token }]) {
      const rotating = await TestApp.start({
        bots: [deskBot({ previous: previousKeys(KEYS) }, present)],
      })
      for (const keys of [KEYS, present]) {
        const sender = new BotSender(rotating, keys)
        expect((await sender.say('帮助')).msgtype).toBe('template_card')
      }
      const neither = new BotSender(rotating, OTHER_KEYS)
      if (present !== mixed) expectRefused(await neither.post(neither.seal('{}')))
      await rotating.stop()
    }
  })
})

describe('the limit per address', () => {
  it('does not apply to callbacks, because a platform has few addresses', async () => {
    const limits = { ...DEFAULTS, requestsPerAddressPerSecond: 1 }
    const strict = await TestApp.start({ limits, bots: [deskBot()] })
    const sender = new BotSender(strict)
    for (let i = 0; i < 5; i++) expect((await sender.say('帮助')).msgtype).toBe('template_card')
    await strict.stop()
  })
})
