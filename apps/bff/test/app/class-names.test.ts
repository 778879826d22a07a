import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { CLASS_NAMES, keepClassNames } from '../../scripts/class-names.mjs'

/** Two modules with a class of the same name, and a function that makes a function. */
const FILES = {
  'first.js': `export class Same extends Error {}\nexport const Expression = class Same {}`,
  'second.js': `export class Same {}\nexport const make = () => { const inner = () => 1; return inner }`,
  'all.js': `
    import { Same, Expression } from './first.js'
    import { Same as Other, make } from './second.js'
    const names = [Same.name, Expression.name, Other.name]
    const before = count.definitions
    make()()
    count.made = { names, defined: count.definitions - before }`,
}

interface Count {
  /** Calls of `Object.defineProperty`. */
  definitions: number
  made?: { readonly names: string[]; readonly defined: number }
}

describe('what the bundle of the service is called', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-names-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  const made = async (change: (code: string) => string) => {
    const { outputFiles } = await build({
      entryPoints: [path.join(dir, 'all.js')],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'node20',
      keepNames: true,
      banner: { js: CLASS_NAMES },
    })
    const count: Count = { definitions: 0 }
    const counting = Object.create(Object, {
      defineProperty: {
        value: (...args: Parameters<typeof Object.defineProperty>) => {
          count.definitions += 1
          return Object.defineProperty(...args)
        },
      },
    }) as typeof Object
    runInNewContext(change(outputFiles[0]!.text), { Object: counting, count })
    return count.made
  }

  beforeAll(() => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(dir, name), text)
  })

  it('keeps the names of classes, also where two modules have the same one', async () => {
    expect((await made(keepClassNames))?.names).toEqual(['Same', 'Same', 'Same'])
  })

  it('does nothing for a function that a function makes, where esbuild defines its name', async () => {
    expect((await made((code) => code))?.defined).toBeGreaterThan(0)
    expect((await made(keepClassNames))?.defined).toBe(0)
  })
})
