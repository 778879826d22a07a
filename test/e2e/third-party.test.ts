import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { noticesOf, refusedOf, sbomOf, worksOf } from '../../scripts/lib/third-party.mjs'

const root = path.resolve(__dirname, '../..')
const folder = mkdtempSync(path.join(os.tmpdir(), 'sealcard-works-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A package with what it needs, under `node_modules` of the folder. */
const put = (place: string, manifest: object, notice?: string) => {
  const dir = path.join(folder, place)
  mkdirSync(dir, { recursive: true })
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify(manifest))
  if (notice) writeFileSync(path.join(dir, 'LICENSE'), notice)
  return dir
}

describe('what a release says of others’ works', () => {
  const product = put('.', {
    name: 'product',
    dependencies: { a: '*' },
    optionalDependencies: { x: '*' },
  })
  put(
    'node_modules/a',
    { name: 'a', version: '1.0.0', license: 'MIT', dependencies: { b: '*' } },
    'Copyright A',
  )
  put('node_modules/a/node_modules/b', { name: 'b', version: '2.0.0', license: '(GPL-3.0 OR ISC)' })
  const works = worksOf([product])

  test('has what is needed by what is needed, and leaves out an optional one that is not there', () => {
    expect(works.map(({ name, version }) => `${name}@${version}`)).toEqual(['a@1.0.0', 'b@2.0.0'])
    expect(refusedOf(works)).toEqual([])
  })

  test('gives each work its notice', () => {
    expect(noticesOf(works)).toMatch(/^a 1\.0\.0 \(MIT\)\n\nCopyright A\n\n-+\n\nb 2\.0\.0/)
  })

  test('is a bill of materials that says what needs what', () => {
    const bom = sbomOf(works, { name: 'product', version: '0.1.0' })
    expect(bom).toMatchObject({
      bomFormat: 'CycloneDX',
      components: [{ purl: 'pkg:npm/a@1.0.0' }, { purl: 'pkg:npm/b@2.0.0' }],
      dependencies: [{ ref: 'pkg:npm/a@1.0.0', dependsOn: ['pkg:npm/b@2.0.0'] }, { dependsOn: [] }],
    })
  })

  test.each([
    ['GPL-3.0', 'b@2.0.0: GPL-3.0 is not allowed'],
    ['MIT AND GPL-3.0', 'b@2.0.0: MIT AND GPL-3.0 is not allowed'],
    [undefined, 'b@2.0.0: no licence is not allowed'],
  ])('a work under %s is refused', (license, said) => {
    put('node_modules/a/node_modules/b', { name: 'b', version: '2.0.0', license })
    expect(refusedOf(worksOf([product]))).toEqual([said])
  })

  test('a needed work that is not installed is a mistake', () => {
    rmSync(path.join(folder, 'node_modules/a/node_modules'), { recursive: true })
    expect(() => worksOf([product])).toThrow('b, which a needs, is not installed')
  })
})

test('every work that the service ships may be shipped', () => {
  const works = worksOf(
    ['bff', 'web', 'console', 'docs'].map((app) => path.join(root, 'apps', app)),
  )
  expect(refusedOf(works)).toEqual([])
  const { dependencies } = JSON.parse(
    readFileSync(path.join(root, 'apps/bff/package.json'), 'utf8'),
  )
  const names = new Set(works.map(({ name }) => name))
  const foreign = Object.keys(dependencies).filter((name) => !name.startsWith('@sealcard/'))
  expect(foreign.filter((name) => !names.has(name))).toEqual([])
})
