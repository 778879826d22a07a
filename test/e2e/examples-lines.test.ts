import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const examples = path.resolve(__dirname, '../../examples')
const MOST = 59

/** What `node examples/count-lines.mjs` prints, by example. */
const counted = (folder: string): Record<string, { added: number; removed: number }> => {
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'count-lines.mjs')], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  const lines = stdout.matchAll(/^(\S+) +\+(\d+) -(\d+)$/gm)
  return Object.fromEntries(
    [...lines].map(([, name, added, removed]) => [
      name!,
      { added: Number(added), removed: Number(removed) },
    ]),
  )
}

describe('the lines that make a product private, against the version before', () => {
  const COUNTS = counted(examples)

  it('are counted for the native, the Taro and the Express example', () => {
    expect(Object.keys(COUNTS)).toEqual(['native', 'taro-react', 'order-server'])
  })

  it.each(Object.entries(COUNTS))(`are less than 60 in %s`, (_, { added, removed }) => {
    expect(added).toBeLessThanOrEqual(MOST)
    expect(added).toBeGreaterThan(20)
    expect(removed).toBeLessThan(added)
  })

  it.each(Object.entries(COUNTS))('are what docs/adopt says of %s', (name, { added }) => {
    const page = readFileSync(path.join(examples, '../docs/adopt/README.md'), 'utf8')
    expect(page).toMatch(new RegExp(`examples/${name}\\) +\\| ${added} `))
  })

  it('are more with one more line in a file, and as many with a comment', () => {
    const copy = mkdtempSync(path.join(os.tmpdir(), 'sealcard-lines-'))
    cpSync(examples, copy, {
      recursive: true,
      filter: (from) => !/node_modules|dist$/.test(from),
    })
    appendFileSync(path.join(copy, 'native/app.js'), '// A comment.\n\nwx.login()\n')
    const { added } = counted(copy).native!
    rmSync(copy, { recursive: true, force: true })
    expect(added).toBe(COUNTS.native!.added + 1)
  })
})
