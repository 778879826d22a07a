import type { Random } from './random.js'

const url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_')
const hostile: unknown[] = [undefined, null, 0, 1, NaN, true, false, [], {}, '', ' ', '\0', '=']
hostile.push('A', 'AAAA', '\ud800', '../..', Symbol('x'), 1n, Buffer.alloc(32), () => 'x')

const flip = (bytes: Buffer, random: Random): Buffer => {
  const at = random.below(bytes.length * 8)
  bytes[at >> 3]! ^= 1 << (at & 7)
  return bytes
}

const swapBlocks = (bytes: Buffer, random: Random): Buffer => {
  const [a, b] = [0, 0].map(() => random.below(bytes.length >> 4) * 16) as [number, number]
  const kept = Buffer.from(bytes.subarray(a, a + 16))
  bytes.copyWithin(a, b, b + 16)
  kept.copy(bytes, b)
  return bytes
}

/** One change to a base64 text: to its bytes, or to its spelling. May give the text back. */
export const mutateBase64 = (text: string, random: Random): unknown => {
  const bytes = () => Buffer.from(text, 'base64')
  const at = random.below(text.length)
  switch (random.below(16)) {
    case 0:
      return random.pick(hostile)
    case 1:
      return text.slice(0, at)
    case 2:
      return text.slice(at)
    case 3:
      return `${text.slice(0, at)}${String.fromCharCode(random.below(300))}${text.slice(at)}`
    case 4:
      return `${text.slice(0, at)}${String.fromCharCode(random.below(128))}${text.slice(at + 1)}`
    case 5:
      return random.pick([`${text}=`, text.replace(/=+$/, ''), `${text}\n`, url(text), ` ${text}`])
    case 6:
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 256) + text.slice(at + 1)
    case 7:
      return [text]
    case 8:
      return swapBlocks(bytes(), random).toString('base64')
    case 9: {
      const cut = random.below(bytes().length >> 4) * 16
      return bytes().subarray(cut).toString('base64')
    }
    case 10: {
      const cut = random.below(bytes().length >> 4) * 16
      return bytes().subarray(0, cut).toString('base64')
    }
    case 11:
      return Buffer.concat([bytes(), random.bytes(16 << random.below(2))]).toString('base64')
    case 12:
      return flip(flip(bytes(), random), random).toString('base64')
    case 13: {
      const changed = bytes()
      random.bytes(16).copy(changed, random.below(changed.length >> 4) * 16)
      return changed.toString('base64')
    }
    default:
      return flip(bytes(), random).toString('base64')
  }
}

/** One change to a short text of any kind. */
export const mutateText = (text: string, random: Random): unknown => {
  const at = random.below(text.length)
  switch (random.below(7)) {
    case 0:
      return random.pick(hostile)
    case 1:
      return text.slice(0, at)
    case 2:
      return text.slice(at)
    case 3:
      return [text, text]
    case 4:
      return `${text.slice(0, at)}${String.fromCharCode(random.below(300))}${text.slice(at)}`
    case 5:
      return random.pick([text.toUpperCase(), ` ${text}`, `${text}\n`, `${text}0`, `0${text}`])
    default: {
      const other = String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(9)))
      return text.slice(0, at) + other + text.slice(at + 1)
    }
  }
}
