import { createCipheriv } from 'node:crypto'
import {
  deriveTicketKey,
  openActivityId,
  openData,
  openShareInfo,
  ticketKeyDerivations,
  type TicketKeyDerivation,
} from '../src/index.js'
import { outcome, proofRejected } from './support/refusal.js'
import { readVectors } from './support/vectors.js'

const known = readVectors<{
  ticket: string
  iv: string
  plaintext: string
  vectors: { derivation: TicketKeyDerivation; key: string; encryptedData: string }[]
}>('ticket-keys')
const { ticket, iv, vectors } = known
const hex = (text: string, derivation: TicketKeyDerivation) =>
  Buffer.from(deriveTicketKey(text, derivation), 'base64').toString('hex')
const decodesTo = (size: number) => Buffer.alloc(size, 'ticket').toString('base64url')
const short = new TypeError('ticket must be base64 or base64url of 16 bytes or more')
const short32 = new TypeError('ticket must be base64 or base64url of 32 bytes or more')

describe.each(vectors)('$derivation', ({ derivation, key, encryptedData }) => {
  test('gives the known key as canonical base64', () => {
    expect(deriveTicketKey(ticket, derivation)).toBe(Buffer.from(key, 'hex').toString('base64'))
  })

  test('opens its own proof through openShareInfo, and no other one', () => {
    const sessionKey = deriveTicketKey(ticket, derivation)
    const info = openShareInfo({ sessionKey, encryptedData, iv })
    expect(info).toEqual(JSON.parse(known.plaintext))
    for (const other of vectors) {
      if (other.derivation === derivation) continue
      const input = { sessionKey, encryptedData: other.encryptedData, iv }
      expect(outcome(() => openShareInfo(input))).toBe(proofRejected)
    }
  })

  test.each([undefined, null, 1, true, {}, [ticket]])('refuses the ticket %p', (value) => {
    expect(() => deriveTicketKey(value as never, derivation)).toThrow(/^ticket must be base64 or/)
  })

  test.each([
    ['nothing', ''],
    ['a letter of another script', `${ticket}é`],
    ['a wide letter whose low byte is one of base64', `ſ${ticket}`],
    ['a blank before it', ` ${ticket}`],
    ['a line break behind it', `${ticket}\n`],
    ['a dot', `.${ticket}`],
    ['padding in the middle', `${ticket.slice(0, 40)}=${ticket.slice(40)}`],
    ['three signs of padding', `${ticket}===`],
    ['padding alone', '=='],
  ])('refuses a ticket with %s, and does not show it', (_what, text) => {
    const derive = () => deriveTicketKey(text, derivation)
    expect(derive).toThrow(derivation === 'url32' ? short32 : short)
  })

  test('refuses a ticket of 15 bytes and takes one of 64 or 512 bytes', () => {
    expect(() => deriveTicketKey(decodesTo(15), derivation)).toThrow(
      derivation === 'url32' ? short32 : short,
    )
    const size = derivation === 'url32' ? 32 : 16
    for (const text of [decodesTo(64), decodesTo(512), 'A'.repeat(512)]) {
      expect(Buffer.from(deriveTicketKey(text, derivation), 'base64')).toHaveLength(size)
    }
  })
})

test('every derivation has a known answer', () => {
  expect(vectors.map(({ derivation }) => derivation)).toEqual(ticketKeyDerivations)
})

test.each([
  '',
  'URL16',
  'url16 ',
  'constructor',
  '__proto__',
  'unverified',
  undefined,
  null,
  0,
  {},
])('an unknown derivation %p is a TypeError that says which ones there are', (name) => {
  expect(() => deriveTicketKey(ticket, name as never)).toThrow(
    new TypeError(
      'derivation must be one of url16, skip16, text16, tail16, md5-text, md5-bytes, sha256-16, url32',
    ),
  )
})

test('16 bytes are enough for a key of 16, and 32 for one of 32', () => {
  const sixteen = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
  for (const name of ['url16', 'tail16'] as const) {
    expect(hex(sixteen.toString('base64url'), name)).toBe(sixteen.toString('hex'))
  }
  expect(() => deriveTicketKey(decodesTo(31), 'url32')).toThrow(short32)
  expect(hex(decodesTo(32), 'url32')).toBe(Buffer.alloc(32, 'ticket').toString('hex'))
})

test('tail16 is the end of a ticket of any length', () => {
  const bytes = Buffer.from(Array.from({ length: 70 }, (_, n) => n))
  expect(hex(bytes.toString('base64url'), 'tail16')).toBe(bytes.toString('hex', 54))
})

test('the two alphabets and padding decode alike; a key made from the text differs', () => {
  const bytes = Buffer.from(
    'fbefbefbefbefbefbefbefbefbefbefbefbefbefbefbefbefbefbefbefbefbefbefb',
    'hex',
  )
  const [url, standard] = [bytes.toString('base64url'), bytes.toString('base64')]
  expect(standard).toMatch(/^\+.*==$/)
  expect(url).toMatch(/^-.*[^=]$/)
  for (const name of ['url16', 'tail16', 'md5-bytes', 'url32'] as const) {
    expect(deriveTicketKey(standard, name)).toBe(deriveTicketKey(url, name))
  }
  for (const name of ['text16', 'md5-text', 'sha256-16'] as const) {
    expect(deriveTicketKey(standard, name)).not.toBe(deriveTicketKey(url, name))
  }
  // Nothing is left out of the standard alphabet, so that the two readings agree.
  expect(deriveTicketKey(standard, 'skip16')).toBe(deriveTicketKey(standard, 'url16'))
})

test('skip16 refuses a ticket of which less than 16 bytes are left', () => {
  const text = `${'_-'.repeat(20)}${'A'.repeat(20)}`
  expect(() => deriveTicketKey(text, 'skip16')).toThrow(short)
  expect(hex(`${text}AA`, 'skip16')).toBe('00'.repeat(16))
})

describe('a key of 32 bytes', () => {
  const sessionKey = deriveTicketKey(ticket, 'url32')
  const { encryptedData } = vectors.find(({ derivation }) => derivation === 'url32')!

  test.each([
    ['one letter less', sessionKey.slice(1)],
    ['no padding', sessionKey.slice(0, 43)],
    ['padding of two', `${sessionKey.slice(0, 42)}==`],
    ['the url alphabet', `-${sessionKey.slice(1)}`],
    ['a sign that is no letter', `*${sessionKey.slice(1)}`],
    ['bits that no byte needs', `${sessionKey.slice(0, 42)}B=`],
    ['24 bytes', Buffer.alloc(24).toString('base64')],
  ])('with %s is a TypeError', (_what, text) => {
    expect(() => openShareInfo({ sessionKey: text, encryptedData, iv })).toThrow(
      new TypeError('sessionKey must be canonical base64 of 16 or 32 bytes'),
    )
  })

  test('is none for proofs that only a session_key opens', () => {
    const wanted = new TypeError('sessionKey must be canonical base64 of 16 bytes')
    const input = { sessionKey, encryptedData, iv }
    expect(() => openActivityId(input)).toThrow(wanted)
    expect(() => openData(input, { appid: 'wx4f4bc4dec97d474b', now: 1_700_000_000 })).toThrow(
      wanted,
    )
  })

  test('refuses a wrong padding as a key of 16 does', () => {
    const key = Buffer.from(sessionKey, 'base64')
    const padded = Buffer.from(known.plaintext.padEnd(64, '\x0b'))
    for (let at = padded.length - 11; at < padded.length; at++) {
      const wrong = Buffer.from(padded)
      wrong[at]! ^= 1
      const cipher = createCipheriv('aes-256-cbc', key, Buffer.from(iv, 'base64'))
      const data = cipher.setAutoPadding(false).update(wrong).toString('base64')
      expect(outcome(() => openShareInfo({ sessionKey, encryptedData: data, iv }))).toBe(
        proofRejected,
      )
    }
  })
})
