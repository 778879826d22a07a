/**
 * The package `sealcard` as an operator gets it: packed, put into an empty folder, set up, run, and a card opened by it.
 * Every commit links the libraries that the manifest names; nightly, npm installs the tarball.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Simulator, SimulatorClient, startSimulator } from '@sealcard/simulator'
import { nightly } from '@sealcard/testing'
import { Member } from '../support/member.js'

const root = path.resolve(__dirname, '../..')
const folder = mkdtempSync(path.join(os.tmpdir(), 'sealcard-installed-'))
const modules = path.join(folder, 'node_modules')

interface Manifest {
  dependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}

const link = (tarball: string): void => {
  const home = path.join(modules, 'sealcard')
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['xzf', tarball, '-C', home, '--strip-components=1'])
  const file = path.join(home, 'package.json')
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
    symlinkSync(path.join(root, 'apps/bff/node_modules', name), path.join(modules, name))
}

const install = (tarball: string): void => {
  const args = ['install', tarball, '--prefer-offline', '--no-audit', '--no-fund']
  execFileSync('npm', args, { cwd: folder, stdio: 'pipe' })
}

const program = path.join(modules, 'sealcard/apps/bff/bin/sealcard.mjs')
/** Without a variable of the tests: the folder alone says everything. */
const env = { PATH: process.env['PATH'], HOME: folder }
const sealcard = (...args: string[]) =>
  execFileSync(process.execPath, [program, ...args], { cwd: folder, env, encoding: 'utf8' })

let simulator: Simulator
let service: ChildProcess
let url = ''
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'demo' })
  const pack = path.join(root, 'scripts/pack-service.mjs')
  const tarball = execFileSync(process.execPath, [pack, folder], { encoding: 'utf8' }).trim()
  if (nightly) install(tarball)
  else link(tarball)
  sealcard('init', '--simulator', simulator.url)
  service = spawn(process.execPath, [program, 'serve', '--port', '0'], { cwd: folder, env })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const hear = (text: string) => {
      said += text
      url = /ready on (http:\S+)/.exec(said)?.[1] ?? ''
      if (url) resolve()
    }
    service.stdout?.setEncoding('utf8').on('data', hear)
    service.stderr?.setEncoding('utf8').on('data', hear)
    service.once('exit', (code) => reject(new Error(`ended with ${code}:\n${said}`)))
  })
}, 300_000)
afterAll(async () => {
  service?.kill('SIGKILL')
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a recipient opens a card, and a stranger is refused', async () => {
  const control = new SimulatorClient(simulator.url)
  const member = (name: string) => new Member(name, 'wechat', control, url)
  const [lin, chen, zhou] = [member('lin'), member('chen'), member('zhou')] as const
  for (const one of [lin, chen, zhou]) expect((await one.logIn()).status).toBe(201)
  const card = await lin.createCard('Tea', 'at four')
  const { body: share } = await lin.share(card.body.id)
  const sent = await lin.send(share, 'wechat-lin-chen')
  const proof = await chen.prove(sent)
  expect((await zhou.open(share.id, proof)).status).toBe(403)
  expect((await chen.open(share.id, proof)).body).toMatchObject({ card: { body: 'at four' } })
})

test('the console, the documents and the interactive API are in the package', async () => {
  for (const page of ['/console/', '/docs', '/help/'])
    expect((await fetch(url + page)).status).toBe(200)
  for (const file of ['THIRD-PARTY-NOTICES.txt', 'sbom.cdx.json'])
    expect(statSync(path.join(modules, 'sealcard', file)).size).toBeGreaterThan(50_000)
  const readme = readFileSync(path.join(modules, 'sealcard/apps/bff/README.md'), 'utf8')
  for (const [, document = ''] of readme.matchAll(/\]\((\.\.\/\.\.\/docs\/[\w./-]+)/g))
    expect(statSync(path.join(modules, 'sealcard/apps/bff', document)).isFile()).toBe(true)
})

test('init keeps the keyring to its user, and overwrites nothing', () => {
  const file = path.join(folder, 'sealcard.env')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const before = readFileSync(file, 'utf8')
  expect(() => sealcard('init')).toThrow(/already in this folder/)
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('every command finds the set-up of its folder, and the service ends with 0 at SIGTERM', async () => {
  expect(sealcard('audit', 'verify')).toMatch(/ entries in 1 chains: intact\n$/)
  const exited = once(service, 'exit')
  service.kill('SIGTERM')
  expect((await exited)[0]).toBe(0)
})
