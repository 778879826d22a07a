import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(__dirname, '../..')
const vueTsc = path.join(path.dirname(require.resolve('vue-tsc/package.json')), 'bin/vue-tsc.js')

/** What TypeScript says of the examples, templates of Vue included. */
const complaints = (folder: string) =>
  spawnSync(process.execPath, [vueTsc, '-p', path.join(folder, 'tsconfig.json')], {
    encoding: 'utf8',
  }).stdout

describe('the examples for Taro and uni-app', () => {
  it('fit the declarations of the kit and of Taro', () => {
    expect(complaints(path.join(root, 'examples'))).toBe('')
  })

  it('would be refused with a field that no refusal has', () => {
    // Beside the examples: the configuration names other folders of the repository.
    const copy = path.join(root, '.tmp', 'examples-types')
    rmSync(copy, { recursive: true, force: true })
    mkdirSync(path.dirname(copy), { recursive: true })
    cpSync(path.join(root, 'examples'), copy, { recursive: true })
    for (const [from, to] of [
      ['tsconfig.json', /"\.\.\//g],
      ['uni-app/src/pages/read/read.vue', /refusal\.kind/g],
      ['taro-react/src/pages/read/index.tsx', /refusal\.kind/g],
    ] as const) {
      const file = path.join(copy, from)
      const replacement = from === 'tsconfig.json' ? '"../../' : 'refusal.kinds'
      writeFileSync(file, readFileSync(file, 'utf8').replace(to, replacement))
    }
    const said = complaints(copy)
    rmSync(copy, { recursive: true, force: true })
    expect(said.match(/TS2551/g)).toHaveLength(2)
    expect(said).toContain('read.vue')
    expect(said).toContain('index.tsx')
  })
})
