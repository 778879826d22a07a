import fc from 'fast-check'
import { decodeInto } from '../src/lib/base64.js'

/** What the decoder promises, said slowly: encoding again gives the input. */
const canonical = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

const decoded = (text: string): Buffer | undefined => {
  const target = Buffer.alloc(text.length + 16)
  const size = decodeInto(target, 16, text)
  return size < 0 ? undefined : target.subarray(16, 16 + size)
}

const letter = fc.constantFrom(
  ...Array.from('ABYZabyz0189+/=-_ \n\t.,'),
  '\u0100',
  '\u0141',
  '\u0410',
  '\ud83d',
)
const bytes = fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some))

test('every byte string comes back', () => {
  fc.assert(
    fc.property(bytes, (some) => {
      expect(decoded(some.toString('base64'))).toEqual(some)
    }),
  )
})

test('takes exactly what encodes back to itself: short texts of letters that decoders forgive', () => {
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 12 }), (letters) => {
      expect(decoded(letters.join(''))).toEqual(canonical(letters.join('')))
    }),
    { numRuns: 4_000 },
  )
})

test('takes exactly what encodes back to itself: sound texts with one letter changed, added or gone', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), letter, fc.nat({ max: 2 }), (some, at, other, how) => {
      const text = some.toString('base64')
      const place = text.length ? at % text.length : 0
      const [before, after] = [text.slice(0, place), text.slice(place + (how === 2 ? 0 : 1))]
      const broken = `${before}${how === 1 ? '' : other}${after}`
      expect(decoded(broken)).toEqual(canonical(broken))
    }),
    { numRuns: 4_000 },
  )
})

test.each([
  ['base64url letters', 'A-_/'],
  ['a letter whose low byte is base64', 'AAA\u0141'],
  ['bits that no byte needs, after two letters', 'AB=='],
  ['bits that no byte needs, after three', 'AAB='],
  ['padding inside', 'AA==AAAA'],
  ['three signs of padding', 'A==='],
  ['only padding', '===='],
  ['padding left out', 'AA'],
  ['a line break in place of four letters', 'AAAA\n\n\n\n'],
])('refuses %s', (_what, text) => {
  expect(decoded(text)).toBeUndefined()
})
