/** `npm create sealcard`, from its tarball: what it makes runs, and what it adds opens cards. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { jsdomPhones } from '../support/jsdom-phones.js'
import { playOrder } from '../support/order-example.js'
import { startStack } from '../support/stack.js'

const root = path.resolve(__dirname, '../..')
const folder = mkdtempSync(path.join(os.tmpdir(), 'sealcard-create-'))
const packed = path.join(folder, 'packed')
const program = path.join(packed, 'package/bin/create-sealcard.mjs')
beforeAll(() => {
  mkdirSync(packed)
  const args = ['pack', '--offline', '--ignore-scripts', '--pack-destination', packed]
  execFileSync('npm', args, { cwd: path.join(root, 'packages/create'), stdio: 'pipe' })
  const [tarball = ''] = readdirSync(packed)
  execFileSync('tar', ['xzf', tarball], { cwd: packed })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const create = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8')
const json = (file: string) => JSON.parse(read(file))

test('a new mini-program opens a card for its recipient and nobody else', async () => {
  expect(create('tea')).toEqual({
    status: 0,
    stdout: expect.stringContaining('cd tea'),
    stderr: '',
  })
  const { scripts, dependencies } = json('tea/package.json')
  expect(dependencies).toEqual({ sealcard: '^0.1.0' })
  // What `npm install` would fetch; the script that it then runs is the project's own.
  const kit = path.join(folder, 'tea/mini/node_modules/@sealcard/kit/miniprogram_dist')
  cpSync(path.join(root, 'packages/kit/miniprogram_dist'), kit, { recursive: true })
  expect(scripts.postinstall).toMatch(/ && node link-kit\.mjs$/)
  execFileSync(process.execPath, ['link-kit.mjs'], { cwd: path.join(folder, 'tea') })
  const weapp = path.join(folder, 'tea/mini')
  const stack = await startStack({}, weapp)
  const phones = await jsdomPhones(stack.simulator.url, 60_000, weapp)
  try {
    await playOrder(phones, 'wechat')
  } finally {
    await phones.close()
    await stack.stop()
  }
})

test('the appid and the address of the service are as they are named', () => {
  const options = ['--appid', 'wx0123456789abcdef', '--service', 'https://cards.example.com']
  expect(create('shop', ...options).status).toBe(0)
  expect(json('shop/mini/project.config.json').appid).toBe('wx0123456789abcdef')
  expect(read('shop/mini/sealcard.js')).toContain("baseUrl: 'https://cards.example.com'")
})

test('a native mini-program that exists gets the client, the page and the dependency, and keeps the rest', () => {
  cpSync(path.join(root, 'examples/before/native'), path.join(folder, 'old'), { recursive: true })
  const before = json('old/app.json')
  expect(create('--add', 'old').status).toBe(0)
  expect(json('old/app.json')).toEqual({ ...before, pages: [...before.pages, 'pages/open/index'] })
  expect(json('old/package.json').dependencies).toMatchObject({ '@sealcard/kit': '^0.1.0' })
  expect(read('old/pages/open/index.js')).toContain("require('../../sealcard')")
  expect(existsSync(path.join(folder, 'old/sealcard.js'))).toBe(true)
})

test('a Taro program that exists gets them, too', () => {
  cpSync(path.join(root, 'examples/before/taro-react'), path.join(folder, 'taro'), {
    recursive: true,
  })
  expect(create('--add', 'taro').status).toBe(0)
  expect(read('taro/src/app.config.ts')).toContain(", 'pages/open/index']")
  expect(read('taro/src/pages/open/index.tsx')).toContain('useOpening')
  expect(json('taro/package.json').dependencies).toHaveProperty('@sealcard/kit')
})

test('what is there is not overwritten: nothing is written at all', () => {
  const again = create('--add', 'old')
  expect(again).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('sealcard.js, pages/open/index.js'),
  })
  expect(
    json('old/app.json').pages.filter((page: string) => page === 'pages/open/index'),
  ).toHaveLength(1)
})

test.each([
  [[], 'Name one folder.'],
  [['a', 'b'], 'Name one folder.'],
  [['--appid', 'wx1', 'a'], '--appid: must be wx and 16 hex digits'],
  [['--service', 'http://a', 'a'], '--service: must be https:// and a host'],
  [['--colour', 'a'], "Unknown option '--colour'"],
  [['--add', 'empty'], 'is no mini-program that this knows'],
])('%j is refused with a sentence', (args, said) => {
  mkdirSync(path.join(folder, 'empty'), { recursive: true })
  writeFileSync(path.join(folder, 'empty/readme.txt'), '')
  expect(create(...args)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(said),
  })
})
