import { createHash } from 'node:crypto'
import { formerProofName, proofName } from '../../../src/members/openings/proof-name.js'

const BLOCK = 16
const blocks = (...of: number[]) => Buffer.concat(of.map((value) => Buffer.alloc(BLOCK, value)))
const name = (ciphertext: Buffer, start: number, end: number, app = 'acme-wecom') =>
  proofName(app, ciphertext.toString('base64'), { start, end })

/** SHA-256 of `10:acme-wecom` and the blocks behind their length. */
const known = (of: Buffer) =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.from(`10:acme-wecom${of.length}:`), of]))
    .digest('base64url')

describe('the name of a proof', () => {
  test.each([
    [0, 1, [1]],
    [0, 16, [1]],
    [15, 17, [1, 2]],
    [16, 32, [2]],
    [31, 33, [2, 3]],
    [22, 65, [2, 3, 4, 5]],
    [52, 95, [4, 5, 6]],
    [0, 96, [1, 2, 3, 4, 5, 6]],
  ])('is that of the blocks that hold bytes %d to %d, and no others', (start, end, held) => {
    expect(name(blocks(1, 2, 3, 4, 5, 6), start, end)).toBe(known(blocks(...held)))
  })

  test('stays the same whatever stands before, behind and around them', () => {
    const genuine = name(blocks(1, 2, 3, 4, 5), 17, 60)
    expect(name(blocks(9, 2, 3, 4, 5), 17, 60)).toBe(genuine)
    expect(name(blocks(2, 3, 4), 1, 44)).toBe(genuine)
    expect(name(blocks(1, 2, 3, 4, 7, 8, 9), 17, 60)).toBe(genuine)
    expect(name(blocks(9, 9, 9, 2, 3, 4), 60, 91)).toBe(genuine)
  })

  test('is another one for every other block and every other app', () => {
    const names = new Set([
      name(blocks(1, 2, 3, 4, 5), 17, 60),
      name(blocks(1, 9, 3, 4, 5), 17, 60),
      name(blocks(1, 2, 9, 4, 5), 17, 60),
      name(blocks(1, 2, 3, 9, 5), 17, 60),
      name(blocks(1, 2, 3, 4, 5), 17, 60, 'beta-wecom'),
    ])
    expect(names.size).toBe(5)
  })

  test('of earlier versions is that of the last 64 bytes', () => {
    const text = blocks(1, 2, 3, 4, 5, 6).toString('base64')
    expect(formerProofName('acme-wecom', text)).toBe(known(blocks(3, 4, 5, 6)))
  })
})
