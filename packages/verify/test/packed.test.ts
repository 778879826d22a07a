import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const verify = path.resolve(__dirname, '..')
const KB = 1024
/** Of all scripts of one kind of modules. */
const MOST = 40 * KB

let dir: string
let project: string
let root: string
let tarball: string
let files: string[]

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-verify-'))
  const packed = path.join(dir, 'packed')
  project = path.join(dir, 'project')
  root = path.join(project, 'node_modules/@sealcard/verify')
  mkdirSync(packed)
  mkdirSync(root, { recursive: true })
  const pack = path.join(verify, '../../scripts/pack.mjs')
  tarball = execFileSync(process.execPath, [pack, packed, '@sealcard/verify'], {
    encoding: 'utf8',
  }).trim()
  execFileSync('tar', ['-xzf', tarball, '-C', root, '--strip-components=1'])
  files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
  const crypto = path.join(project, 'node_modules/@sealcard/crypto')
  cpSync(path.join(verify, '../crypto/dist'), path.join(crypto, 'dist'), { recursive: true })
  cpSync(path.join(verify, '../crypto/package.json'), path.join(crypto, 'package.json'))
})
afterAll(() => {
  rmSync(dir, { recursive: true, force: true })
})

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

test('the tarball has the licence, the texts, what is built, and nothing else', () => {
  const rest = files.filter((file) => !/^dist\/(esm|cjs)\//.test(file)).sort()
  expect(rest).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'])
  expect(files.filter((file) => !/\.(js|d\.ts|json|md)$/.test(file))).toEqual(['LICENSE'])
})

test('it needs the crypto package alone, by its version', () => {
  const { dependencies, peerDependencies } = JSON.parse(read('package.json'))
  expect(dependencies).toEqual({ '@sealcard/crypto': '0.1.0' })
  expect(peerDependencies).toBeUndefined()
})

test('publint and are-the-types-wrong find no fault', () => {
  const check = path.join(verify, '../../scripts/pack-check.mjs')
  expect(() =>
    execFileSync(process.execPath, [check, tarball, root], { encoding: 'utf8', stdio: 'pipe' }),
  ).not.toThrow()
})

test.each([
  [
    'import',
    "import * as a from '@sealcard/verify'; import * as b from '@sealcard/verify/testing'",
  ],
  ['require', "const a = require('@sealcard/verify'), b = require('@sealcard/verify/testing')"],
])('an empty project takes it by %s', (kind, load) => {
  const type = kind === 'import' ? 'module' : 'commonjs'
  const code = `${load}; console.log(typeof a.createVerifier, b.storeCases.length > 5)`
  const node = [`--input-type=${type}`, '-e', code]
  const said = execFileSync(process.execPath, node, { cwd: project, encoding: 'utf8' })
  expect(said.trim()).toBe('function true')
})

test.each(['esm', 'cjs'])('its scripts are small: %s', (kind) => {
  const scripts = files.filter((file) => file.startsWith(`dist/${kind}/`) && file.endsWith('.js'))
  expect(scripts.reduce((sum, file) => sum + read(file).length, 0)).toBeLessThan(MOST)
})
