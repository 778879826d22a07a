import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { weappDir } from '../support/stack.js'

const KB = 1024

/** Of all files below a folder of the package. */
const bytesOf = (folder: string) =>
  readdirSync(path.join(weappDir, folder), { recursive: true })
    .map((name) => statSync(path.join(weappDir, folder, String(name))))
    .filter((stat) => stat.isFile())
    .reduce((sum, { size }) => sum + size, 0)

describe('the package', () => {
  it('is at most 512 KB', () => {
    expect(bytesOf('.')).toBeLessThanOrEqual(512 * KB)
  })

  it('has at most 60 KB of its own for the page that a card leads to', () => {
    expect(bytesOf('pages/open')).toBeLessThanOrEqual(60 * KB)
  })
})
