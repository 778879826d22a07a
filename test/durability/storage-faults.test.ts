import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { eventually } from '@sealcard/testing'
import { startLeanStack, type LeanStack } from '../support/lean-stack.js'
import { Member } from '../support/member.js'

type Done = (error: Error | null) => void
/** As much of the package as is needed; it belongs to the service. */
interface Database {
  exec(sql: string, done: Done): void
  close(done: Done): void
}
const sqlite3 = createRequire(path.resolve(__dirname, '../../apps/bff/package.json'))(
  'sqlite3',
) as { Database: new (file: string, opened: Done) => Database }

const tool = (...[name, ...args]: [string, ...string[]]): boolean => {
  try {
    execFileSync(name, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A file system of its own that can be filled up; only where this user may mount one. */
const small = mkdtempSync(path.join(os.tmpdir(), 'sealcard-small-'))
const mounted =
  process.platform === 'linux' && tool('mount', '-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', small)
const canLimit = process.platform === 'linux' && tool('prlimit', '--version')
afterAll(() => {
  if (mounted) tool('umount', '-l', small)
  rmSync(small, { recursive: true, force: true })
})

let stack: LeanStack
let lin: Member
const begin = async (env: Record<string, string> = {}) => {
  stack = await startLeanStack({ env })
  lin = new Member('lin', 'wecom', stack.control, stack.bff.url)
  expect((await lin.logIn()).status).toBe(201)
}
afterEach(() => stack?.stop())

const titles = async (): Promise<string[]> => {
  const page = await lin.call('GET', '/v1/cards?box=sent&limit=50')
  return page.body.items.map(({ title }: { title: string }) => title)
}

const expectUnavailable = (answer: Awaited<ReturnType<Member['call']>>) => {
  expect([answer.status, answer.body.code]).toEqual([503, 'ERR_STORAGE_UNAVAILABLE'])
  expect(answer.retryAfter).toBeGreaterThan(0)
}

const writesAgain = (title: string) =>
  eventually(async () => (await lin.createCard(title, 'after')).status === 201)

;(mounted ? it : it.skip)(
  'C3 a full disk: 503, nothing half done, and everything again once there is room',
  async () => {
    await begin({ DATABASE_URL: `sqlite:${path.join(small, 'sealcard.sqlite')}` })
    const text = 'x'.repeat(20_000)
    const kept: string[] = []
    let refused: Awaited<ReturnType<Member['call']>> | undefined
    for (let n = 0; n < 1_000 && !refused; n++) {
      const answer = await lin.createCard(`big ${n}`, text)
      if (answer.status === 201) kept.push(`big ${n}`)
      else refused = answer
    }
    if (!refused) throw new Error('the disk never filled up')
    expectUnavailable(refused)
    // Reads still work, up to the last acknowledged card.
    expect((await titles())[0]).toBe(kept.at(-1))
    expect(tool('mount', '-o', 'remount,size=64m', small)).toBe(true)
    await writesAgain('after')
    expect((await lin.call('GET', '/readyz')).status).toBe(200)
    const seen = await titles()
    // The newest fifty: everything acknowledged last, and never the refused one.
    for (const title of kept.slice(-40)) expect(seen).toContain(title)
    expect(seen).not.toContain(`big ${kept.length}`)
  },
)

;(canLimit ? it : it.skip)(
  'C3 a file that takes no write: 503, nothing half done, and everything again without a restart',
  async () => {
    await begin()
    expect((await lin.createCard('before', 'b')).status).toBe(201)
    const limit = (bytes: string) =>
      execFileSync('prlimit', ['--pid', String(stack.bff.pid), `--fsize=${bytes}:unlimited`])
    limit('0')
    expectUnavailable(await lin.createCard('meanwhile', 'm'))
    expectUnavailable(await lin.logIn())
    expect((await lin.call('GET', '/readyz')).status).toBe(503)
    expect(await titles()).toEqual(['before'])
    limit('unlimited')
    await writesAgain('after')
    expect((await lin.call('GET', '/readyz')).status).toBe(200)
    expect(await titles()).toEqual(['after', 'before'])
  },
)

it('C3 a database locked by another process gives 503, and everything works after the lock', async () => {
  await begin()
  const other = await new Promise<Database>((resolve, reject) => {
    const opened = new sqlite3.Database(
      path.join(stack.dir, 'sealcard.sqlite'),
      (error: Error | null) => (error ? reject(error) : resolve(opened)),
    )
  })
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) =>
      other.exec(sql, (error) => (error ? reject(error) : resolve())),
    )
  try {
    await exec('BEGIN IMMEDIATE')
    expectUnavailable(await lin.createCard('meanwhile', 'm'))
    expect((await lin.call('GET', '/readyz')).status).toBe(503)
    // Reads still work.
    expect(await titles()).toEqual([])
    await exec('COMMIT')
    await writesAgain('after')
    expect(await titles()).toEqual(['after'])
  } finally {
    await new Promise<void>((resolve) => other.close(() => resolve()))
  }
})
