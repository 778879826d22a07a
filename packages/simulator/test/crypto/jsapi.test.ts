import { createDecipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { KEY_DERIVATIONS, sealWebProof, ticketKey } from '../../src/crypto/jsapi.js'

/** Known answers, computed with Node's crypto apart from this code and from the crypto package. */
const known = JSON.parse(
  readFileSync(path.join(__dirname, '../../../crypto/test/vectors/ticket-keys.json'), 'utf8'),
) as {
  ticket: string
  iv: string
  plaintext: string
  vectors: { derivation: (typeof KEY_DERIVATIONS)[number]; key: string; encryptedData: string }[]
}

test.each(known.vectors)('$derivation gives its key and its proof', (vector) => {
  const key = ticketKey(known.ticket, vector.derivation)
  expect(key.toString('hex')).toBe(vector.key)
  const iv = Buffer.from(known.iv, 'base64')
  const proof = sealWebProof(key, iv, known.plaintext)
  expect(proof).toEqual({ encryptedData: vector.encryptedData, iv: known.iv })
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv)
  const text = decipher.update(proof.encryptedData, 'base64', 'utf8') + decipher.final('utf8')
  expect(text).toBe(known.plaintext)
})

test('every derivation has a known answer', () => {
  expect(known.vectors.map(({ derivation }) => derivation)).toEqual([...KEY_DERIVATIONS])
})
