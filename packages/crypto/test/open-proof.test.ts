import { deepStrictEqual } from 'node:assert'
import { openActivityId, openData, openShareInfo, skipFreshness } from '../src/index.js'
import { now, pad, proofOf, proofOfBlocks } from './support/make.js'
import { Random } from './support/random.js'
import { outcome, proofRejected } from './support/refusal.js'

const info = { chatId: 'wrGROUP', state: 'st-1', curReceiver: 'zhangsan' }
const openInfo = (value: unknown) => openShareInfo(proofOf(JSON.stringify(value)))
const appid = 'wx4f4bc4dec97d474b'
const data = { openGId: 'G', watermark: { appid, timestamp: now } }
const openers = {
  openActivityId: (input: unknown) => openActivityId(input as never),
  openShareInfo: (input: unknown) => openShareInfo(input as never),
  openData: (input: unknown) => openData(input as never, { appid, now }),
}
const sound = {
  openActivityId: proofOf('1151_abc'),
  openShareInfo: proofOf(JSON.stringify(info)),
  openData: proofOf(JSON.stringify(data)),
}

describe.each(Object.keys(openers) as (keyof typeof openers)[])('%s', (name) => {
  const open = openers[name]
  const proof = sound[name]

  test('opens a sound proof', () => {
    expect(outcome(() => open(proof))).toBe('returned')
  })

  test.each([undefined, null, 1, true, {}, [], [proof.iv], '', 'AAAA', Symbol('iv')])(
    'refuses %p for what the client sends, in one shape',
    (value) => {
      expect(outcome(() => open({ ...proof, iv: value }))).toBe(proofRejected)
      expect(outcome(() => open({ ...proof, encryptedData: value }))).toBe(proofRejected)
    },
  )

  const respellings: Record<string, (text: string) => string> = {
    'a trailing newline': (text) => `${text}\n`,
    'a leading space': (text) => ` ${text}`,
    'no padding': (text) => text.replace(/=+$/, ''),
    'too much padding': (text) => `${text}=`,
    'four more padding characters': (text) => `${text}====`,
    'a NUL in the middle': (text) => `${text.slice(0, 8)}\0${text.slice(8)}`,
    'a character that only ends in the right byte': (text) =>
      String.fromCharCode(text.charCodeAt(0) + 256) + text.slice(1),
    'the url alphabet': (text) => `-_${text.slice(2)}`,
  }
  test.each(Object.keys(respellings))('refuses base64 with %s', (how) => {
    for (const field of ['iv', 'encryptedData'] as const) {
      const text = respellings[how]!(proof[field])
      if (text === proof[field]) continue
      expect(outcome(() => open({ ...proof, [field]: text }))).toBe(proofRejected)
    }
  })

  test('refuses base64 whose last bits are set', () => {
    const last = proof.iv[21]!
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    for (let bits = 1; bits < 16; bits++) {
      const other = alphabet[alphabet.indexOf(last) | bits]!
      const iv = `${proof.iv.slice(0, 21)}${other}==`
      expect(outcome(() => open({ ...proof, iv }))).toBe(proofRejected)
    }
  })

  test('refuses what is no whole number of blocks, or more than 8 KB', () => {
    for (const size of [1, 15, 17, 31, 8200, 16_384]) {
      const encryptedData = Buffer.alloc(size).toString('base64')
      expect(outcome(() => open({ ...proof, encryptedData }))).toBe(proofRejected)
    }
  })

  test('refuses a sound ciphertext with up to 15 bytes after it', () => {
    for (let more = 1; more < 16; more++) {
      const bytes = Buffer.concat([Buffer.from(proof.encryptedData, 'base64'), Buffer.alloc(more)])
      const encryptedData = bytes.toString('base64')
      expect(outcome(() => open({ ...proof, encryptedData }))).toBe(proofRejected)
    }
  })

  test.each([undefined, null, 1, '', 'AAAA', 'A'.repeat(24), `${'A'.repeat(21)}B==`])(
    'a session key %p is a TypeError that names it and does not show it',
    (sessionKey) => {
      expect(() => open({ ...proof, sessionKey })).toThrow(TypeError)
      expect(() => open({ ...proof, sessionKey })).toThrow(/^sessionKey must be [^A]*$/)
    },
  )

  test.each([undefined, null, 1, 'x'])('an input %p is a TypeError', (input) => {
    expect(() => open(input)).toThrow(new TypeError('input must be an object'))
  })

  test('reads each field of the input once', () => {
    const reads: string[] = []
    const watched = new Proxy(proof, {
      get: (target, key: keyof typeof proof) => {
        reads.push(key)
        return target[key]
      },
    })
    open(watched)
    expect(reads.sort()).toEqual(['encryptedData', 'iv', 'sessionKey'])
  })
})

describe('padding of proofs', () => {
  test('1 to 16 are removed', () => {
    for (let size = 1; size <= 31; size++) {
      expect(openActivityId(proofOf('x'.repeat(size)))).toBe('x'.repeat(size))
    }
  })

  test('every other last byte, and every wrong byte before it, is refused', () => {
    for (let last = 0; last < 256; last++) {
      const blocks = Buffer.alloc(32, 'x')
      blocks[31] = last
      const wanted = last === 1 ? 'returned' : proofRejected
      expect(outcome(() => openActivityId(proofOfBlocks(blocks)))).toBe(wanted)
    }
    for (let size = 2; size <= 16; size++) {
      for (let wrong = 2; wrong <= size; wrong++) {
        const blocks = pad(Buffer.alloc(32 - size, 'x'), 16)
        blocks[32 - wrong]! ^= 1
        expect(outcome(() => openActivityId(proofOfBlocks(blocks)))).toBe(proofRejected)
      }
    }
  })

  test('17 to 32, the callback padding, is refused', () => {
    for (let size = 17; size <= 32; size++) {
      const blocks = Buffer.concat([Buffer.alloc(48 - size, 'x'), Buffer.alloc(size, size)])
      expect(outcome(() => openActivityId(proofOfBlocks(blocks)))).toBe(proofRejected)
    }
  })

  test('JSON is cut at the padding, and no further', () => {
    for (let size = 0; size < 16; size++) {
      const value = { ...info, state: `s${'x'.repeat(size)}` }
      expect(openInfo(value)).toEqual(value)
    }
    const text = Buffer.from(JSON.stringify({ ...info, state: 'x'.repeat(6) }))
    for (const wrong of [0, 17, 32]) {
      const blocks = pad(text, 16)
      blocks[blocks.length - 1] = wrong
      expect(outcome(() => openShareInfo(proofOfBlocks(blocks)))).toBe(proofRejected)
    }
  })
})

describe('openActivityId', () => {
  test('takes visible ASCII only', () => {
    for (let byte = 0; byte < 256; byte++) {
      const wanted = byte > 0x20 && byte < 0x7f ? 'returned' : proofRejected
      for (const at of [0, 5, 20]) {
        const plain = Buffer.alloc(21, 'x')
        plain[at] = byte
        expect(outcome(() => openActivityId(proofOf(plain)))).toBe(wanted)
      }
    }
    expect(outcome(() => openActivityId(proofOf('')))).toBe(proofRejected)
  })
})

describe('openShareInfo', () => {
  test('gives three strings and no more', () => {
    expect(openInfo({ ...info, more: { a: [1, null] }, watermark: 1 })).toEqual(info)
    expect(openInfo({ state: 's', curReceiver: 'r' })).toEqual({
      chatId: '',
      state: 's',
      curReceiver: 'r',
    })
    expect(openInfo({ ...info, state: '中文 😀' }).state).toBe('中文 😀')
  })

  test.each(['chatId', 'state', 'curReceiver'])('refuses %s of another type', (field) => {
    for (const value of [null, 0, 1, true, {}, [], ['x'], '\ud800', 'a\udc00b']) {
      expect(outcome(() => openInfo({ ...info, [field]: value }))).toBe(proofRejected)
    }
  })

  test.each(['state', 'curReceiver'])('refuses an empty or missing %s', (field) => {
    expect(outcome(() => openInfo({ ...info, [field]: '' }))).toBe(proofRejected)
    expect(outcome(() => openInfo({ ...info, [field]: undefined }))).toBe(proofRejected)
  })

  test.each([
    '[]',
    '"x"',
    '1',
    'null',
    '',
    '{',
    '{}',
    '{"state":"s","curReceiver":"r"}}',
    "{'a':1}",
  ])('refuses the plaintext %s', (text) => {
    expect(outcome(() => openShareInfo(proofOf(text)))).toBe(proofRejected)
  })

  test.each([
    '{"chatId":"","state":"s","curReceiver":"r","curReceiver":"r"}',
    '{"chatId":"","chatId":"","state":"s","curReceiver":"r"}',
    '{"chatId":"","state":"s","state":"s","curReceiver":"r"}',
    '{"chatId":"","state":"x","st\\u0061te":"s","curReceiver":"r"}',
    '{"chatId":"","state":"s","curReceiver":"r","more":{"a":1,"a":1}}',
    '{"chatId":"","state":"s","curReceiver":"r","more":[[{"a":1,"a":2}]]}',
  ])('refuses a key that comes twice: %s', (text) => {
    expect(outcome(() => openShareInfo(proofOf(text)))).toBe(proofRejected)
  })

  test('refuses a state whose name is spelled with an escape', () => {
    const text = '{"chatId":"","st\\u0061te":"s","curReceiver":"r"}'
    expect(outcome(() => openShareInfo(proofOf(text)))).toBe(proofRejected)
  })

  test.each([
    ['{"chatId":"","state":"0123456789","curReceiver":"r"}', 22, 32],
    ['{"chatId":"wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA","state":"st-1","curReceiver":"r"}', 52, 56],
    [' { "state" : "s" , "curReceiver":"r"}', 14, 15],
    ['{"curReceiver":"r","more":{"state":"no","b":[{"state":"no"}]},"state":"yes"}', 71, 74],
    ['{"chatId":"state\\",\\"state\\":\\"no","state":"a\\"b\\\\","curReceiver":"r"}', 44, 50],
    ['{"a":["state","x"],"b":"state","state":"中文","curReceiver":"r"}', 40, 46],
    ['{"states":"x","stat":"y","state":"z","curReceiver":"state"}', 34, 35],
  ])('says where the state is written: %s', (text, start, end) => {
    const { state, stateAt } = openShareInfo(proofOf(text))
    expect(stateAt).toEqual({ start, end })
    const written = Buffer.from(text).subarray(stateAt.start, stateAt.end).toString()
    expect(JSON.parse(`"${written}"`)).toBe(state)
  })

  test('says so in no copy, JSON or comparison of the info', () => {
    const opened = openInfo(info)
    deepStrictEqual(opened, info)
    expect(Object.keys({ ...opened })).toEqual(['chatId', 'state', 'curReceiver'])
  })

  test('says so for whatever a JSON writer makes', () => {
    const random = new Random(11)
    for (let i = 0; i < 500; i++) {
      const text = () => random.bytes(1 + (i % 40)).toString(i % 2 ? 'latin1' : 'base64')
      const value = { ...info, chatId: text(), state: text(), [text()]: { state: text() } }
      const plain = JSON.stringify(value)
      const { state, stateAt } = openShareInfo(proofOf(plain))
      const written = Buffer.from(plain).subarray(stateAt.start, stateAt.end).toString()
      expect([state, JSON.parse(`"${written}"`)]).toEqual([value.state, value.state])
    }
  })

  test('refuses what is no UTF-8', () => {
    const bad = ['80', 'c080', 'c1bf', 'e28028', 'eda080', 'f0808080', 'f4908080', 'f8888080', 'ff']
    for (const hex of bad) {
      const [head, tail] = JSON.stringify(info).split('zhangsan')
      const plain = Buffer.concat([
        Buffer.from(head!),
        Buffer.from(`7a${hex}7a`, 'hex'),
        Buffer.from(tail!),
      ])
      expect(outcome(() => openShareInfo(proofOf(plain)))).toBe(proofRejected)
    }
  })
})

describe('openData', () => {
  const open = (value: unknown, options: object = { appid, now }) =>
    openData(proofOf(JSON.stringify(value)), options as never)

  test.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])('a watermark %d s away from now', (away, fresh) => {
    const value = { ...data, watermark: { appid, timestamp: now + away } }
    expect(outcome(() => open(value))).toBe(fresh ? 'returned' : proofRejected)
    expect(outcome(() => open(value, { appid, tolerance: skipFreshness }))).toBe('returned')
    expect(outcome(() => open(value, { appid, now, tolerance: 301 }))).toBe('returned')
    expect(outcome(() => open(value, { appid, now, tolerance: 9_999_999_999 }))).toBe('returned')
  })

  test.each([
    `{"watermark":{"appid":"other","timestamp":1},"watermark":{"appid":"${appid}","timestamp":${now}}}`,
    `{"watermark":{"appid":"other","appid":"${appid}","timestamp":${now}}}`,
    `{"step":1,"step":2,"watermark":{"appid":"${appid}","timestamp":${now}}}`,
  ])('refuses a key that comes twice: %s', (text) => {
    expect(outcome(() => openData(proofOf(text), { appid, now }))).toBe(proofRejected)
  })

  test('refuses every other watermark', () => {
    const marks: unknown[] = [undefined, null, 1, 'x', [], {}, { appid }, { timestamp: now }]
    marks.push({ appid: 'wx4f4bc4dec97d474c', timestamp: now }, { appid: [appid], timestamp: now })
    marks.push({ appid: appid.toUpperCase(), timestamp: now }, { appid: '', timestamp: now })
    for (const timestamp of [`${now}`, now + 0.5, null, [now], now * 1000]) {
      marks.push({ appid, timestamp })
    }
    for (const watermark of marks) {
      expect(outcome(() => open({ ...data, watermark }))).toBe(proofRejected)
      const late = { appid, tolerance: skipFreshness }
      const right = (watermark as { timestamp?: unknown })?.timestamp === now * 1000
      expect(outcome(() => open({ ...data, watermark }, late))).toBe(
        right ? 'returned' : proofRejected,
      )
    }
  })

  test.each([
    ['appid', { now }, 'appid must be a non-empty string'],
    ['appid', { now, appid: '' }, 'appid must be a non-empty string'],
    ['now', { appid }, 'now must be Unix time in seconds, not milliseconds'],
    ['now', { appid, now: NaN }, 'now must be Unix time in seconds, not milliseconds'],
    ['now', { appid, now: -1 }, 'now must be Unix time in seconds, not milliseconds'],
    ['now', { appid, now: now * 1000 }, 'now must be Unix time in seconds, not milliseconds'],
    ['now', { appid, now: `${now}` }, 'now must be Unix time in seconds, not milliseconds'],
  ])('a wrong %s is a TypeError', (_, options, message) => {
    expect(() => open(data, options)).toThrow(new TypeError(message))
  })

  test.each([false, null, -1, NaN, Infinity, '300', Symbol('other')])(
    'a tolerance of %p is a TypeError: checks are not switched off by accident',
    (tolerance) => {
      const message = 'tolerance must be a number of seconds, 0 or more, or skipFreshness'
      expect(() => open(data, { appid, now, tolerance })).toThrow(new TypeError(message))
    },
  )

  test('options must be there', () => {
    expect(() => openData(proofOf('{}'), undefined as never)).toThrow(
      new TypeError('options must be an object'),
    )
  })

  test('the stand-in for a broken proof is no proof, whatever the appid', () => {
    const options = { appid: 'wx0000000000000000', tolerance: skipFreshness } as const
    for (let size = 16; size < 512; size += 16) {
      const proof = proofOfBlocks(Buffer.alloc(size, 'x'))
      expect(outcome(() => openData(proof, options))).toBe(proofRejected)
    }
  })

  test('a tolerance of 0 means this second', () => {
    expect(outcome(() => open(data, { appid, now, tolerance: 0 }))).toBe('returned')
    expect(outcome(() => open(data, { appid, now: now + 1, tolerance: 0 }))).toBe(proofRejected)
    expect(outcome(() => open(data, { appid, now: 0 }))).toBe(proofRejected)
    expect(outcome(() => open(data, { appid, now: 9_999_999_999 }))).toBe(proofRejected)
  })
})
