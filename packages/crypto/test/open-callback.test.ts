import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import {
  createCallbackKey,
  openCallback,
  openXmlCallback,
  sealReply,
  skipFreshness,
} from '../src/index.js'
import {
  bot,
  callbackOf,
  callbackOfBlocks,
  encryptBlocks,
  frameOf,
  now,
  pad,
  sign,
  signed,
} from './support/make.js'
import { callbackRejected, outcome } from './support/refusal.js'

const message = '{"msgtype":"text","text":{"content":"你好 😀"}}'
const sound = callbackOf(message)
const open = (input: unknown, config: unknown = bot, options: unknown = { now }) =>
  openCallback(config as never, input as never, options as never)
const refused = (input: unknown, config?: unknown) =>
  expect(outcome(() => open(input, config))).toBe(callbackRejected)

describe('openCallback', () => {
  test('answers the message and the SHA-256 of the decoded ciphertext', () => {
    const replayKey = createHash('sha256')
      .update(Buffer.from(sound.encrypt, 'base64'))
      .digest('hex')
    const callback = open(sound)
    expect([callback.message, callback.replayKey]).toEqual([message, replayKey])
    // Read twice, or after its parts were taken out by name.
    const { replayKey: taken } = callback
    expect([callback.replayKey, taken]).toEqual([replayKey, replayKey])
  })

  test.each([0, 1, 31, 32, 33, 5_000])('a message of %d characters', (size) => {
    const text = '中'.repeat(size)
    expect(open(callbackOf(text)).message).toBe(text)
    expect(open(sound).message).toBe(message)
  })

  test.each(['\ufeffx', 'a\0b', ' ', '\u{10ffff}'])('keeps %j byte for byte', (text) => {
    expect(open(callbackOf(text)).message).toBe(text)
  })

  test.each([undefined, null, 1, true, {}, [], Symbol('x'), ''])(
    'refuses %p for any part, in one shape',
    (value) => {
      for (const part of Object.keys(sound)) refused({ ...sound, [part]: value })
      refused(value)
    },
  )

  test.each(['msgSignature', 'timestamp', 'nonce', 'encrypt'] as const)(
    'refuses a %s that comes twice',
    (part) => refused({ ...sound, [part]: [sound[part], sound[part]] }),
  )

  test('refuses other spellings of the signature', () => {
    const { msgSignature } = sound
    refused({ ...sound, msgSignature: msgSignature.toUpperCase() })
    refused({ ...sound, msgSignature: `${msgSignature} ` })
    refused({ ...sound, msgSignature: msgSignature.slice(1) })
    refused({ ...sound, msgSignature: `${msgSignature}0` })
    // A character whose last byte is the right one, also where it would not fit any more.
    for (let at = 0; at < 40; at++) {
      open(sound)
      const char = String.fromCharCode(msgSignature.charCodeAt(at) + 256)
      const other = msgSignature.slice(0, at) + char + msgSignature.slice(at + 1)
      refused({ ...sound, msgSignature: other })
    }
  })

  test('refuses a timestamp that is not ten digits, though well signed', () => {
    const others = ['170000000', '17000000001', '+170000000', '1.70000e+9', ' 170000000', '']
    for (const timestamp of [...others, '１７００００００００', '1700000000\n', '0x65500000']) {
      expect(outcome(() => open(callbackOf(message, { timestamp })))).toBe(callbackRejected)
      const skip = { tolerance: skipFreshness }
      const input = callbackOf(message, { timestamp })
      expect(outcome(() => open(input, bot, skip))).toBe(callbackRejected)
    }
  })

  test('bounds the nonce, though well signed', () => {
    for (const nonce of ['', 'x'.repeat(65), 'a b', 'a\n', 'é', '\0', 'a\u2028', '\x7f']) {
      refused(callbackOf(message, { nonce }))
    }
    for (const nonce of ['!', '~', 'x'.repeat(64), 'nonce-1']) {
      expect(open(callbackOf(message, { nonce })).message).toBe(message)
    }
  })

  test.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])('a timestamp %d s away from now', (away, fresh) => {
    const input = callbackOf(message, { timestamp: String(now + away) })
    expect(outcome(() => open(input))).toBe(fresh ? 'returned' : callbackRejected)
    expect(outcome(() => open(input, bot, { tolerance: skipFreshness }))).toBe('returned')
    expect(outcome(() => open(input, bot, { now, tolerance: 301 }))).toBe('returned')
    expect(outcome(() => open(input, bot, { now, tolerance: Math.abs(away) }))).toBe('returned')
  })

  test('refuses every respelling of the ciphertext, though well signed', () => {
    const { encrypt, timestamp, nonce } = sound
    const respelled = [` ${encrypt}`, `${encrypt}\n`, `${encrypt}=`, encrypt.replace(/=+$/, '')]
    respelled.push(`${encrypt.slice(0, 4)}\n${encrypt.slice(4)}`, `-_${encrypt.slice(2)}`)
    respelled.push(`${encrypt}====`, encodeURIComponent(`+/${encrypt.slice(2)}`))
    for (const text of respelled.filter((other) => other !== encrypt)) {
      refused({ ...sound, encrypt: text, msgSignature: sign(bot.token, timestamp, nonce, text) })
    }
  })

  test('refuses a ciphertext that is not a positive multiple of 32 bytes', () => {
    for (const size of [0, 1, 16, 31, 33, 48, 80]) refused(signed(Buffer.alloc(size, 1)))
    const message16 = Buffer.concat([frameOf('x'.repeat(10)), Buffer.alloc(16, 16)])
    expect(message16.length % 32).toBe(0)
    expect(open(callbackOfBlocks(message16)).message).toBe('x'.repeat(10))
    refused(callbackOfBlocks(message16.subarray(0, 48)))
  })
})

describe('the frame', () => {
  const frame = (text: string, id = bot.receiveId, length = Buffer.byteLength(text)) =>
    callbackOfBlocks(pad(frameOf(text, id, length), 32))

  test('takes each padding from 1 to 32', () => {
    const seen = new Set<number>()
    for (let size = 0; size < 32; size++) {
      const padded = pad(frameOf('x'.repeat(size)), 32)
      seen.add(padded[padded.length - 1]!)
      expect(open(callbackOfBlocks(padded)).message).toBe('x'.repeat(size))
    }
    expect(seen.size).toBe(32)
  })

  test('refuses every other last byte, and every wrong byte of the padding', () => {
    for (let last = 0; last < 256; last++) {
      const padded = pad(frameOf('x'.repeat(9)), 32)
      if (padded[padded.length - 1] === last) continue
      padded[padded.length - 1] = last
      refused(callbackOfBlocks(padded))
    }
    for (let size = 0; size < 32; size++) {
      const good = pad(frameOf('x'.repeat(size)), 32)
      for (let back = 2; back <= good[good.length - 1]!; back++) {
        const padded = Buffer.from(good)
        padded[padded.length - back]! ^= 0x80
        refused(callbackOfBlocks(padded))
      }
    }
  })

  test('refuses every msg_len but the right one', () => {
    const size = Buffer.byteLength(message)
    const lengths = [0, 1, size - 1, size + 1, size + 18, size + 32, 0xffffffff, 0x80000000]
    for (const length of lengths) refused(frame(message, bot.receiveId, length))
    for (const length of [0x7fffffff, 0xffffffec, 0xffffffeb]) {
      refused(frame(message, bot.receiveId, length))
    }
  })

  test('what follows the message must be the receiveId, whole', () => {
    const { receiveId } = bot
    const others = ['', receiveId.slice(1), receiveId.slice(0, -1), `${receiveId}x`]
    others.push(`x${receiveId.slice(1)}`, receiveId.toUpperCase(), 'ww1436e0e65a779aef')
    for (const id of others) refused(frame(message, id))
    // Also a receiveId that the message's end supplies.
    refused(frame(message + receiveId, ''))
  })

  test('also when it is empty', () => {
    const smart = { ...bot, receiveId: '' }
    expect(open(frame(message, ''), smart).message).toBe(message)
    refused(frame(message, 'x'), smart)
    refused(frame(message), smart)
    refused(frame(message, '\0'), smart)
  })

  test('compares the receiveId as UTF-8 bytes', () => {
    const receiveId = '企业'
    expect(open(frame(message, receiveId), { ...bot, receiveId }).message).toBe(message)
    refused(frame(message, '企亚'), { ...bot, receiveId })
  })

  test('refuses a frame too short for its parts', () => {
    const long = { ...bot, receiveId: 'x'.repeat(200) }
    for (let size = 0; size < 96; size += 8) {
      refused(callbackOfBlocks(pad(Buffer.alloc(size), 32)), long)
      if (size !== 16) refused(callbackOfBlocks(pad(Buffer.alloc(size, 0xff), 32)))
    }
    refused(callbackOfBlocks(Buffer.alloc(32, 32)), { ...bot, receiveId: '' })
    const wrapped = frameOf('', '', 0xfffffffc).subarray(0, 16)
    refused(callbackOfBlocks(pad(wrapped, 32)), { ...bot, receiveId: '' })
  })

  test('refuses a message that is no UTF-8', () => {
    for (const hex of ['80', 'c080', 'eda080', 'f4908080', 'ff', 'e4bd']) {
      const bytes = Buffer.concat([Buffer.from('a'), Buffer.from(hex, 'hex')])
      refused(callbackOf(bytes))
    }
  })
})

describe('configurations', () => {
  const other = { ...bot, token: 'OTHER1' }
  const newKey = { ...bot, encodingAesKey: `${bot.encodingAesKey.slice(0, 42)}A`.replace('j', 'k') }

  test('an array opens what any of them opens', () => {
    expect(open(sound, [other, bot]).message).toBe(message)
    expect(open(sound, [createCallbackKey(bot), other]).message).toBe(message)
    refused(sound, [other])
  })

  test('while only the EncodingAESKey changes, both share the token', () => {
    for (const pair of [
      [newKey, bot],
      [bot, newKey],
    ]) {
      expect(open(sound, pair).message).toBe(message)
      const { encrypt, msgsignature } = sealReply(newKey, 'new', { timestamp: now, nonce: 'n' })
      const input = { msgSignature: msgsignature, timestamp: String(now), nonce: 'n', encrypt }
      expect(open(input, pair).message).toBe('new')
    }
    refused(sound, newKey)
  })

  test('a plain configuration is read anew each time', () => {
    const config = { ...bot }
    expect(open(sound, config).message).toBe(message)
    config.token = 'other'
    refused(sound, config)
    config.token = bot.token
    config.receiveId = ''
    refused(sound, config)
  })

  test('more of them than are remembered', () => {
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 40; at++) {
        const config = { ...bot, token: `token${at}` }
        const input = callbackOf(message, { token: config.token })
        expect(open(input, config).message).toBe(message)
        refused(input)
      }
    }
  })

  const rule = '43 characters of base64, without padding'
  test.each([
    ['token', undefined, '1 to 32 visible ASCII characters'],
    ['token', '', '1 to 32 visible ASCII characters'],
    ['token', 'x'.repeat(33), '1 to 32 visible ASCII characters'],
    ['token', ' QDG6eK', '1 to 32 visible ASCII characters'],
    ['token', 'QDG6eK\n', '1 to 32 visible ASCII characters'],
    ['token', 'é', '1 to 32 visible ASCII characters'],
    ['encodingAesKey', undefined, rule],
    ['encodingAesKey', `${bot.encodingAesKey}=`, rule],
    ['encodingAesKey', bot.encodingAesKey.slice(1), rule],
    ['encodingAesKey', `${bot.encodingAesKey.slice(1)}_`, rule],
    ['encodingAesKey', `${bot.encodingAesKey}\n`, rule],
    ['receiveId', undefined, 'a string'],
    ['receiveId', null, 'a string'],
    ['receiveId', 0, 'a string'],
  ])('a wrong %s (%p) is a TypeError that does not show it', (name, value, text) => {
    const config = { ...bot, [name]: value }
    const error = new TypeError(`${name} must be ${text}`)
    expect(() => createCallbackKey(config as never)).toThrow(error)
    expect(() => open(sound, config)).toThrow(error)
    expect(() => open(sound, [bot, config])).toThrow(error)
  })

  test.each([undefined, null, 'x', 1])('a configuration %p is a TypeError', (config) => {
    expect(() => createCallbackKey(config as never)).toThrow(new TypeError('bot must be an object'))
    expect(() => openCallback(config as never, sound, { now })).toThrow(
      new TypeError('bot must be an object'),
    )
  })

  test('no configuration at all is a TypeError', () => {
    const error = new TypeError('bot must hold at least one configuration')
    expect(() => open(sound, [])).toThrow(error)
  })

  test('a wrong clock is a TypeError, before anything is opened', () => {
    const error = new TypeError('now must be Unix time in seconds, not milliseconds')
    expect(() => open(sound, bot, {})).toThrow(error)
    expect(() => open(sound, bot, { now: now * 1000 })).toThrow(error)
    expect(() => open({}, bot, { now: now * 1000 })).toThrow(error)
    expect(() => open(sound, bot, null)).toThrow(new TypeError('options must be an object'))
  })

  test('a handle shows nothing', () => {
    const handle = createCallbackKey(bot)
    open(sound, handle)
    const shown = [inspect(handle, { depth: 9, showHidden: true }), JSON.stringify(handle)]
    shown.push(String(handle), inspect(Object.getOwnPropertyDescriptors(handle)))
    expect(shown[0]).toBe('CallbackKey {}')
    for (const text of shown) {
      expect(text).not.toContain(bot.token)
      expect(text).not.toContain(bot.encodingAesKey.slice(0, 8))
      expect(text).not.toContain(bot.receiveId)
    }
    expect(Reflect.ownKeys(handle)).toEqual([])
  })
})

describe('openXmlCallback', () => {
  const { encrypt, ...query } = sound
  const body = (inside: string) => `<xml>${inside}</xml>`
  const cdata = `<Encrypt><![CDATA[${encrypt}]]></Encrypt>`
  const openXml = (text: unknown) =>
    openXmlCallback(bot, { ...query, body: text } as never, { now })

  test.each([
    body(cdata),
    body(`<Encrypt>${encrypt}</Encrypt>`),
    `\n ${body(`\r\n\t<ToUserName><![CDATA[ww<&>]]></ToUserName>${cdata}<AgentID>1</AgentID>\n`)}\n`,
    body(`<ToUserName></ToUserName>${cdata}<AgentID><![CDATA[]]></AgentID>`),
  ])('reads %s', (text) => {
    expect(openXml(text)).toEqual(open(sound))
  })

  test.each([
    undefined,
    null,
    1,
    [],
    '',
    body(''),
    cdata,
    body(cdata + cdata),
    `${body(cdata)}x`,
    `${body(cdata)}${body(cdata)}`,
    `x${body(cdata)}`,
    `\ufeff${body(cdata)}`,
    `<?xml version="1.0"?>${body(cdata)}`,
    `<!DOCTYPE xml [<!ENTITY e "${encrypt}">]>${body('<Encrypt>&e;</Encrypt>')}`,
    body(`<!-- c -->${cdata}`),
    body(`<Encrypt a="1"><![CDATA[${encrypt}]]></Encrypt>`),
    body(`<Encrypt ><![CDATA[${encrypt}]]></Encrypt>`),
    body(`<Encrypt><![CDATA[${encrypt}]]></Encrypt >`),
    body(`<encrypt><![CDATA[${encrypt}]]></encrypt>`),
    body(`<Encrypt><![CDATA[${encrypt}]]>x</Encrypt>`),
    body(`<Encrypt> <![CDATA[${encrypt}]]></Encrypt>`),
    body(`<Encrypt>${encrypt}</Encrypt><a>&amp;</a>`),
    body(`<Encrypt>${encrypt}</Encrypt><a>&#65;</a>`),
    body(`<Encrypt>${encrypt}</Encrypt><a>></a>`),
    body(`<Encrypt>${encrypt}</Encrypt><a/>`),
    body(`<Encrypt>${encrypt}</Encrypt><a><b>1</b></a>`),
    body(`<Encrypt>${encrypt}</Encrypt><1a>1</1a>`),
    body(`<Encrypt>${encrypt}</Encrypt><${'a'.repeat(65)}>1</${'a'.repeat(65)}>`),
    body(`<Encrypt>${encrypt}</Encrypt><>1</>`),
    body(`<Encrypt>${encrypt}</Encrypt>x<a>1</a>`),
    body(`<Encrypt>${encrypt}</Encrypt><a>1</b>`),
    body(`<Encrypt>${encrypt}`),
    body(`<Encrypt><![CDATA[${encrypt}</Encrypt>`),
    `<XML>${cdata}</XML>`,
    `<abc>${cdata}</xml>`,
    body(`xEncrypt>${encrypt}</Encrypt>`),
    body(`<Encrypt/${encrypt}</Encrypt>`),
    `<xml >${cdata}</xml>`,
    `<xml>${cdata}`,
    `<xml>${cdata}</xml`,
  ])('refuses %s', (text) => {
    expect(outcome(() => openXml(text))).toBe(callbackRejected)
  })

  test.each([undefined, null])('refuses an input %p', (input) => {
    expect(outcome(() => openXmlCallback(bot, input as never, { now }))).toBe(callbackRejected)
  })
})

test('what is refused costs no state: the next good one opens', () => {
  const key = createCallbackKey(bot)
  for (let size = 32; size < 400; size += 32) {
    expect(outcome(() => open(signed(encryptBlocks(Buffer.alloc(size))), key))).toBe(
      callbackRejected,
    )
    expect(open(sound, key).message).toBe(message)
  }
})
