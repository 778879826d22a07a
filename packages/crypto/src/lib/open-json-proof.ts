import { checkJson, countMembers } from './json-check.js'
import { openProof, type KeySizes, type ProofInput } from './open-proof.js'
import { blankPadding } from './padding.js'

export interface JsonProof {
  readonly value: Record<string, unknown>
  /** The text that `value` was read from; byte n of it is byte n of the plaintext. */
  readonly source: Buffer
  /** 0 when the value is what the proof holds; otherwise it is a stand-in, and means nothing. */
  readonly fault: number
}

/**
 * Makes an opener of JSON proofs. It replaces a plaintext that is not JSON by a stand-in of the same length.
 * So parsing never throws and takes the time that a real payload takes.
 *
 * @param head and `tail`: a payload of the kind's usual shape, cut inside one of its strings.
 */
export const jsonProofOpener = (
  head: string,
  tail: string,
  sizes: KeySizes,
): ((input: ProofInput) => JsonProof) => {
  const standIns = new Map<number, Buffer>()

  const standIn = (size: number): Buffer => {
    let bytes = standIns.get(size)
    if (bytes === undefined) {
      const spare = size - head.length - tail.length
      const text = spare < 0 ? '{}' : head + 'x'.repeat(spare) + tail
      bytes = Buffer.from(text.padEnd(size))
      standIns.set(size, bytes)
    }
    return bytes
  }

  return (input) => {
    const { plain, fault } = openProof(input, sizes)
    // Padding becomes white space, which JSON ignores: the work depends on the length alone.
    blankPadding(plain, 16, fault, 0x20)
    const check = checkJson(plain)
    const bad = fault | check.fault
    const source = bad === 0 ? plain : standIn(plain.length)
    const value = JSON.parse(source.toString()) as Record<string, unknown>
    // Reject a repeated key: one reader takes its first value, another its last. With CBC the holder of a proof can
    // append their own tail to a head that they can't read. Both may hold a `curReceiver`.
    const repeated = countMembers(value) ^ check.members
    return { value, source, fault: bad | repeated }
  }
}
