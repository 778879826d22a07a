import { jsonFault } from './json-check.js'
import { openProof, type ProofInput } from './open-proof.js'
import { blankPadding } from './padding.js'

export interface JsonProof {
  readonly value: Record<string, unknown>
  /** 0 when the value is what the proof holds; otherwise it is a stand-in, and means nothing. */
  readonly fault: number
}

/**
 * Makes an opener of JSON proofs. What is no JSON is replaced by a stand-in of the same length, so
 * that parsing never throws and takes the time that a real payload takes.
 *
 * @param head and `tail`: a payload of the kind's usual shape, cut inside one of its strings.
 */
export const jsonProofOpener = (head: string, tail: string): ((input: ProofInput) => JsonProof) => {
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
    const { plain, fault } = openProof(input)
    // Padding becomes white space, which JSON ignores: the work depends on the length alone.
    blankPadding(plain, 16, fault, 0x20)
    const bad = fault | jsonFault(plain)
    const source = bad === 0 ? plain : standIn(plain.length)
    return { value: JSON.parse(source.toString()) as Record<string, unknown>, fault: bad }
  }
}
