import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { ViewerEntity } from '../../src/members/sessions/viewer.entity.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { runCommand } from '../../src/tools/cli/run.js'
import { asAdmin, startAdmin } from '../kit/admin/support.js'
import { testConfig, WECHAT } from '../kit/config.js'
import type { TestApp } from '../kit/test-app.js'
import { fillEveryTable, id } from './person-rows.js'

let app: TestApp
let bob: Awaited<ReturnType<typeof fillEveryTable>>
beforeEach(async () => {
  app = await startAdmin()
  bob = await fillEveryTable(app)
})
afterEach(() => app.stop())

/** What this process drew by lot has a name instead: ids, hashes under random keys, links of its audit chain. */
const named = async (text: string): Promise<string> => {
  const names = new Map([
    [bob.me.id, '<bob>'],
    [bob.me.lookup, '<lookup>'],
    [bob.me.code, '<code>'],
    [bob.session.id, '<session>'],
    [bob.session.tokenHash, '<token>'],
  ])
  for (const { chainId, hash, prevHash } of await app.storage.manager.find(AuditEntryEntity)) {
    if (chainId === id('chain')) continue
    names.set(chainId, '<chain>').set(hash, '<hash>').set(prevHash, '<hash>')
  }
  let result = text
  for (const [drawn, name] of names) result = result.replaceAll(drawn, name)
  return result
}

/** Rows of a table lie in the order of their ids, of which some are drawn by lot. */
const sorted = (text: string): string =>
  text.replaceAll(/(?<="rows":\[\n)\{.*?(?=\]\})/gs, (rows) => rows.split(',\n').sort().join(',\n'))

/** `SEALCARD_WRITE_DOCS=1` writes the file anew; then read the difference: people and their tools read these bytes. */
const expectAsBefore = async (name: string, text: string): Promise<void> => {
  const file = path.join(__dirname, 'person-copy', name)
  const now = sorted(await named(text))
  if (process.env['SEALCARD_WRITE_DOCS'] === '1') writeFileSync(file, now)
  expect(now).toBe(readFileSync(file, 'utf8'))
}

const command = async (...args: string[]) => {
  const written: string[] = []
  const config = testConfig(String(app.storage.options.database))
  const io = {
    stdout: { write: (text: string) => written.push(text) },
    stderr: { write: () => {} },
  }
  const who = ['--app', WECHAT, '--viewer', 'oBob']
  const code = await runCommand(
    { config: () => config, clock: app.clock, platforms: PLATFORMS, ...io },
    [...args, ...who],
  )
  return { code, text: written.join('') }
}

/** Every row of every table that an erasure may touch, in an order of its own. */
const leftBehind = async (): Promise<string> => {
  const lines: string[] = []
  const secret = /^v1\.[\w-]+\.[\w-]+$/
  for (const { tableName, columns } of [...app.storage.entityMetadatas].sort((a, b) =>
    a.tableName < b.tableName ? -1 : 1,
  )) {
    if (/^(audit_|peppers)/.test(tableName)) continue
    const rows: Record<string, unknown>[] = await app.storage.query(`SELECT * FROM ${tableName}`)
    const texts = rows.map((row) =>
      columns
        .map(({ databaseName }) => {
          const value = String(row[databaseName])
          return `${databaseName}=${secret.test(value) ? '<sealed>' : value}`
        })
        .sort()
        .join(' '),
    )
    lines.push(...texts.sort().map((text) => `${tableName}: ${text}`))
  }
  return `${lines.join('\n')}\n`
}

describe('a copy of what is held about a person has the same bytes as before', () => {
  test('for members who ask for their own', async () => {
    const { status, text } = await app.call('GET', '/v1/me/export', { token: bob.token })
    expect(status).toBe(200)
    await expectAsBefore('own.txt', text)
  })

  test('at the machine', async () => {
    const { code, text } = await command('export-person')
    expect(code).toBe(0)
    await expectAsBefore('machine.txt', text)
  })

  test('for administrators', async () => {
    const { status, text } = await asAdmin(app, 'GET', `viewers/${bob.me.id}/export?reason=asked`)
    expect(status).toBe(200)
    await expectAsBefore('administrator.txt', text)
  })
})

describe('an erasure reports and leaves behind the same as before', () => {
  /** What the erasure drew by lot, or derived from a random key: the pseudonym, the trace of the limits. */
  const unnamed = (rows: string) =>
    rows
      .replaceAll(
        /((?:viewer|owner|sharer|session)_id=)(?!alice-|session-|<bob>)[\w-]{22}/g,
        '$1<nobody>',
      )
      .replaceAll(/(sessions: .*? id=)[\w-]{22}/g, '$1<session>')
      .replaceAll(/(token_hash=)(?!token-)[\w-]{43}/g, '$1<token>')

  test.each([
    ['a member', 'own'],
    ['an administrator', 'administrator'],
    ['a command', 'machine'],
  ])('of %s', async (_, by) => {
    let report: string
    if (by === 'own') {
      const answer = await app.call('DELETE', '/v1/me', { token: bob.token })
      report = `${answer.status}${answer.text}`
    } else if (by === 'administrator') {
      const body = { reason: 'asked for it' }
      report = (await asAdmin(app, 'POST', `viewers/${bob.me.id}/erase`, body)).text
    } else report = (await command('erase', '--json')).text
    expect(await app.storage.manager.find(ViewerEntity)).toEqual([])
    await expectAsBefore(`erased-${by}.txt`, `${report.trim()}\n${unnamed(await leftBehind())}`)
  })
})
