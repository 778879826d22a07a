import { createCipheriv } from 'node:crypto'
import { sealReply } from '@sealcard/crypto'
import { SeededRandom } from '@sealcard/testing'
import { type Keys, sign, type Wire } from './bot-sender.js'

export interface Mutant {
  /** With its question mark. */
  readonly query: string
  readonly body: string | Buffer
  readonly headers: Record<string, string>
}

interface Parts {
  readonly signature: string
  readonly timestamp: string
  readonly nonce: string
  readonly encrypt: string
}

type Mutate = (parts: Parts, random: SeededRandom, keys: Keys) => Mutant | undefined

const JSON_TYPE = { 'content-type': 'application/json' }

const wire = ({ signature, timestamp, nonce, encrypt }: Parts): Mutant => ({
  query: `?${new URLSearchParams({ msg_signature: signature, timestamp, nonce })}`,
  body: JSON.stringify({ encrypt }),
  headers: JSON_TYPE,
})
const signed = (parts: Parts, keys: Keys): Mutant =>
  wire({ ...parts, signature: sign(keys.token, parts.timestamp, parts.nonce, parts.encrypt) })

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PARTS = ['signature', 'timestamp', 'nonce', 'encrypt'] as const

const replaceAt = (text: string, at: number, by: string): string =>
  text.slice(0, at) + by + text.slice(at + 1)

/** A frame of any shape, encrypted and signed with the right keys: only the frame is wrong. */
const frame = (parts: Parts, keys: Keys, plain: Buffer): Mutant => {
  const key = Buffer.from(`${keys.encodingAesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const encrypt = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
  return signed({ ...parts, encrypt }, keys)
}

const MESSAGE = Buffer.from('{"msgid":"forged","from":{"userid":"alice"},"msgtype":"text"}')

const build = (length: number, trailing: Buffer, pad = 32): Buffer => {
  const head = Buffer.alloc(20)
  head.writeUInt32BE(length >>> 0, 16)
  const bare = Buffer.concat([head, MESSAGE, trailing])
  const n = pad - (bare.length % pad)
  return Buffer.concat([bare, Buffer.alloc(n, n)])
}

const KINDS: readonly Mutate[] = [
  // One character of one part becomes another.
  (parts, random) => {
    const name = PARTS[random.below(4)]!
    const text = parts[name]
    const at = random.below(text.length)
    const by = BASE64[random.below(64)]!
    return text[at] === by ? undefined : wire({ ...parts, [name]: replaceAt(text, at, by) })
  },
  // A character that does not belong there.
  (parts, random) => {
    const name = PARTS[random.below(4)]!
    const odd = ['\0', ' ', '\n', '\ud800', '-', '_', '%', '\u00e9', '=', '', '\u{1f600}']
    const text = parts[name]
    const changed = replaceAt(text, random.below(text.length), odd[random.below(odd.length)]!)
    return changed === text ? undefined : wire({ ...parts, [name]: changed })
  },
  // A bit of the ciphertext, under the signature that it had.
  (parts, random) => {
    const bytes = Buffer.from(parts.encrypt, 'base64')
    bytes[random.below(bytes.length)]! ^= 1 << random.below(8)
    return wire({ ...parts, encrypt: bytes.toString('base64') })
  },
  // Cut off.
  (parts, random) => {
    const name = PARTS[random.below(4)]!
    return wire({ ...parts, [name]: parts[name].slice(0, random.below(parts[name].length)) })
  },
  // Blocks that changed places.
  (parts, random, keys) => {
    const bytes = Buffer.from(parts.encrypt, 'base64')
    const blocks = bytes.length / 16
    const [a, b] = [random.below(blocks), random.below(blocks)]
    if (a === b) return undefined
    const swapped = Buffer.from(bytes)
    bytes.copy(swapped, a * 16, b * 16, b * 16 + 16)
    bytes.copy(swapped, b * 16, a * 16, a * 16 + 16)
    return signed({ ...parts, encrypt: swapped.toString('base64') }, keys)
  },
  // Another token, another key.
  (parts, random, keys) => {
    const other = random.below(2)
      ? { ...keys, token: `${keys.token.slice(1)}x` }
      : { ...keys, encodingAesKey: `${keys.encodingAesKey.slice(1)}A` }
    const { encrypt, msgsignature } = sealReply(other, MESSAGE.toString(), {
      timestamp: parts.timestamp,
      nonce: parts.nonce,
    })
    return wire({ ...parts, encrypt, signature: msgsignature })
  },
  // base64 in another spelling, signed for it.
  (parts, random, keys) => {
    const { encrypt } = parts
    const spelling = [
      encrypt.replaceAll('=', ''),
      encrypt.replaceAll('+', '-').replaceAll('/', '_'),
      `${encrypt}=`,
      `${encrypt}\n`,
      ` ${encrypt}`,
      encrypt.replace(/.(?==*$)/, (last) => BASE64[(BASE64.indexOf(last) + 1) % 64]!),
      encrypt.replace(/(.{76})/g, '$1\r\n'),
    ][random.below(7)]!
    return spelling === encrypt ? undefined : signed({ ...parts, encrypt: spelling }, keys)
  },
  // msg_len that says something else.
  (parts, random, keys) => {
    const lengths = [0, -1, 2 ** 31, 2 ** 31 - 1, MESSAGE.length - 1, MESSAGE.length + 1]
    const length = lengths[random.below(lengths.length)]!
    return frame(parts, keys, build(length, Buffer.alloc(0)))
  },
  // A receiveid where there is none.
  (parts, random, keys) => {
    const trailing = Buffer.from(['ww01', '\0', 'x'.repeat(40)][random.below(3)]!)
    return frame(parts, keys, build(MESSAGE.length, trailing))
  },
  // Padding out of range, or not all alike, or to 16 where that is not 32 as well.
  (parts, random, keys) => {
    const plain = build(MESSAGE.length, Buffer.alloc(0))
    const wrong = [0, 33, 255, 64][random.below(4)]!
    if (random.below(2)) plain[plain.length - 1] = wrong
    else plain[plain.length - 2]! ^= 1 + random.below(255)
    return plain[plain.length - 1] === 1 ? undefined : frame(parts, keys, plain)
  },
  // Invalid UTF-8 in a frame that is right otherwise.
  (parts, random, keys) => {
    const plain = build(MESSAGE.length, Buffer.alloc(0))
    plain[20 + random.below(MESSAGE.length)] = [0xff, 0xc0, 0xed, 0xf8][random.below(4)]!
    return frame(parts, keys, plain)
  },
  // A key twice, as a list, or missing.
  (parts, random) => {
    const good = wire(parts)
    const names = ['msg_signature', 'timestamp', 'nonce']
    const name = names[random.below(3)]!
    const query = new URLSearchParams(good.query.slice(1))
    const value = query.get(name) ?? ''
    const how = random.below(4)
    if (how === 0) query.append(name, value)
    if (how === 1) query.delete(name)
    if (how > 1) {
      query.delete(name)
      query.append(how === 2 ? `${name}[]` : `${name}[0]`, value)
    }
    return { ...good, query: `?${query}` }
  },
  // Another time, signed for another one.
  (parts, random) => {
    const seconds = Number(parts.timestamp) + 1 + random.below(1_000_000)
    return wire({ ...parts, timestamp: String(seconds) })
  },
  // Too old or too new, signed with the right token.
  (parts, random, keys) => {
    const off = (random.below(2) ? 1 : -1) * (301 + random.below(1_000_000))
    return signed({ ...parts, timestamp: String(Number(parts.timestamp) + off) }, keys)
  },
  // A body that is no envelope.
  (parts, random) => {
    const { encrypt } = parts
    const bodies = [
      '',
      'null',
      '[]',
      JSON.stringify([encrypt]),
      JSON.stringify({ encrypt: [encrypt] }),
      JSON.stringify({ encrypt: { encrypt } }),
      JSON.stringify({ Encrypt: encrypt }),
      JSON.stringify({ encrypt }).slice(0, -1),
      `${JSON.stringify({ encrypt })}x`,
      '['.repeat(5000),
      `{"__proto__":{"encrypt":"${encrypt}"}}`,
      encrypt,
    ]
    return { ...wire(parts), body: bodies[random.below(bodies.length)]! }
  },
  // Bytes at random.
  (parts, random) => ({
    ...wire(parts),
    body: Buffer.from(Array.from({ length: random.below(200) }, () => random.below(256))),
  }),
]

/** So many mutants of genuine callbacks, by a seed; each differs from its original in what it says. */
export function* mutants(originals: readonly Wire[], keys: Keys, count: number): Generator<Mutant> {
  const random = new SeededRandom(5)
  for (let made = 0; made < count;) {
    const { query, body } = originals[random.below(originals.length)]!
    const parts: Parts = {
      signature: query['msg_signature'] ?? '',
      timestamp: query['timestamp'] ?? '',
      nonce: query['nonce'] ?? '',
      encrypt: JSON.parse(body).encrypt,
    }
    const mutant = KINDS[random.below(KINDS.length)]!(parts, random, keys)
    if (!mutant) continue
    made++
    yield mutant
  }
}
