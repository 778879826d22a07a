import { randomBytes } from 'node:crypto'
import { openOpenData, sealOpenData } from '../../src/crypto/open-data.js'
import { rawDataSignature, sameText, sessionKeySignature } from '../../src/crypto/signatures.js'
import vectors from '../../src/crypto/vectors.json' with { type: 'json' }

describe('open data', () => {
  it.each(vectors.openData)('should open $id as its source says', (vector) => {
    expect(openOpenData(vector.sessionKey, vector)).toBe(vector.plaintext)
  })

  it.each(vectors.openData)('should seal $id as its source says', (vector) => {
    const iv = Buffer.from(vector.iv, 'base64')
    expect(sealOpenData(vector.sessionKey, iv, vector.plaintext)).toEqual({
      encryptedData: vector.encryptedData,
      iv: vector.iv,
    })
  })

  it('should not open under another key', () => {
    const sealed = sealOpenData(
      randomBytes(16).toString('base64'),
      Buffer.alloc(16),
      'x'.repeat(85),
    )
    const other = Buffer.alloc(16, 1).toString('base64')
    let opened: string | null = null
    try {
      opened = openOpenData(other, sealed)
    } catch {
      // Bad padding: the usual outcome.
    }
    expect(opened).not.toBe('x'.repeat(85))
  })
})

describe('signatures', () => {
  it.each(vectors.rawData)('should sign $id as its source says', (vector) => {
    expect(rawDataSignature(vector.rawData, vector.sessionKey)).toBe(vector.signature)
  })

  it('should sign the empty text with either form of the key', () => {
    const key = Buffer.from('0123456789abcdef').toString('base64')
    expect(sessionKeySignature(key, 'base64-text')).not.toBe(
      sessionKeySignature(key, 'decoded-bytes'),
    )
    expect(sessionKeySignature(key, 'base64-text')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('should compare texts of any length', () => {
    expect(sameText('a', 'a')).toBe(true)
    expect(sameText('a', 'b')).toBe(false)
    expect(sameText('a', 'ab')).toBe(false)
  })
})
