import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as everything from '../src/index.js'

const root = path.join(__dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const manifest = JSON.parse(read('package.json')) as {
  exports: Record<string, unknown>
  dependencies?: object
  sideEffects: boolean
}
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const subpaths = Object.keys(manifest.exports).filter((key) => /^\.\/[a-z-]+$/.test(key))
const sources = readdirSync(path.join(root, 'src')).filter((file) => file !== 'lib')

test('every source file is a subpath, in both module systems, and the other way round', () => {
  const expected = sources
    .filter((file) => file !== 'index.ts')
    .map((file) => `./${file.slice(0, -3)}`)
  expect([...subpaths].sort()).toEqual(expected.sort())
  for (const subpath of subpaths) {
    const at = (kind: string) => {
      const file = `./dist/${kind}/${subpath.slice(2)}`
      return { types: `${file}.d.ts`, default: `${file}.js` }
    }
    expect(manifest.exports[subpath]).toEqual({ import: at('esm'), require: at('cjs') })
  }
})

test('every operation has its own subpath and a line in the README', () => {
  const operations = Object.entries(everything).filter(([, value]) => typeof value === 'function')
  for (const [name] of operations) {
    expect(existsSync(path.join(root, 'src', `${kebab(name).replace(/^-/, '')}.ts`))).toBe(true)
    if (name !== 'CryptoError') expect(read('README.md')).toContain(`\`${name}\``)
  }
  expect(operations).toHaveLength(21)
})

test.each(subpaths)('%s exports something that the root exports as well', async (subpath) => {
  const module = (await import(`../src/${subpath.slice(2)}`)) as Record<string, unknown>
  expect(Object.keys(module).length).toBeGreaterThan(0)
  for (const [name, value] of Object.entries(module)) {
    expect((everything as Record<string, unknown>)[name]).toBe(value)
  }
})

test('no run-time dependency, no hidden clock, randomness or environment', () => {
  expect(manifest.dependencies).toBeUndefined()
  expect(manifest.sideEffects).toBe(false)
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const text = read(path.join('src', file))
    expect(text.split('\n').length).toBeLessThan(200)
    expect(text).not.toMatch(/Date\.now|new Date|Math\.random|process\.env|\bfetch\(/)
    for (const [, from] of text.matchAll(/from '([^']+)'/g)) {
      expect(from).toMatch(/^(\.\.?\/[a-z0-9-/]+\.js|node:crypto|node:buffer)$/)
    }
  }
})
