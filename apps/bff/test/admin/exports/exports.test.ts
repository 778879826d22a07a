import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ExportAudit } from '@sealcard/protocol'
import { AuditLog } from '../../../src/audit/audit-log.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { manyRows } from '../../kit/admin/many-rows.js'
import { allPages, asAdmin, startAdmin } from '../../kit/admin/support.js'
import { expectProblem } from '../../kit/expect-problem.js'
import type { TestApp } from '../../kit/test-app.js'

const COUNT = 120

let app: TestApp
let dir: string
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'sealcard-export-'))
  app = await startAdmin()
  await manyRows(app, COUNT)
  // A second chain, which continues the first.
  app = await app.restart()
  await app.login('newcomer')
})
afterAll(async () => {
  await app.stop()
  rmSync(dir, { recursive: true, force: true })
})

const get = async (path: string) => {
  const answer = await asAdmin(app, 'GET', path)
  expect({ path, status: answer.status }).toEqual({ path, status: 200 })
  return answer.text
}

/** Checks an export with the standalone verifier, which uses no code of the service. */
const check = (text: string, name: string) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const file = path.join(dir, name)
    writeFileSync(file, text)
    const script = path.join(__dirname, '../../../../../docs/audit-verify.mjs')
    execFile(process.execPath, [script, file], (error, out) =>
      resolve({ code: error ? 1 : 0, out }),
    )
  })

const jsonLines = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

describe.each(['jsonl', 'csv'] as const)('F5 the audit as %s', (format) => {
  const placeOf = (line: string) => {
    if (format === 'csv') {
      const [, chain, seq] = /^"([^"]+)","(\d+)"/.exec(line) ?? []
      return chain && `${chain}:${seq}`
    }
    const { type, chainId, seq } = JSON.parse(line)
    return type === 'entry' ? `${chainId}:${seq}` : undefined
  }

  test('checks out elsewhere, and shows a change', async () => {
    const text = await get(`audit/export?format=${format}`)
    const entries = await app.storage.manager.count(AuditEntryEntity)
    expect(await check(text, `whole.${format}`)).toEqual({
      code: 0,
      out: `${entries} entries in 2 chains: intact\n`,
    })
    const changed = text.replace('card.revoke', 'card.revokf')
    expect((await check(changed, `changed.${format}`)).code).toBe(1)
  })

  test('cut anywhere and continued, it is whole', async () => {
    const text = await get(`audit/export?format=${format}`)
    const end = format === 'csv' ? '\r\n' : '\n'
    for (const part of [0.1, 0.5, 0.93, 0.999]) {
      // The line that was cut goes, and whatever came after the last whole entry.
      const lines = text
        .slice(0, Math.floor(text.length * part))
        .split(end)
        .slice(0, -1)
      const last = lines.findLastIndex((line) => line.length > 0 && placeOf(line))
      const kept = lines.slice(0, last + 1)
      const after = placeOf(kept.at(-1) ?? '')
      const more = await get(`audit/export?format=${format}&after=${after}`)
      const whole = `${kept.join(end)}${end}${more}`
      const entries = await app.storage.manager.count(AuditEntryEntity)
      expect(await check(whole, `cut.${format}`)).toEqual({
        code: 0,
        out: `${entries} entries in 2 chains: intact\n`,
      })
    }
  })

  test('a place that is not in the audit is refused', async () => {
    for (const after of ['nothing:1', 'nothing', '1:x']) {
      const answer = await asAdmin(app, 'GET', `audit/export?format=${format}&after=${after}`)
      expectProblem(answer, 'ERR_INPUT')
      expect(answer.body.issues[0].path).toBe('after')
    }
  })
})

describe.each([
  ['cards', 'createdAt', ''],
  ['cards', 'createdAt', 'status=active&'],
  ['openings', 'at', ''],
  ['openings', 'at', 'decision=granted&'],
])('%s as a file', (list, time, filter) => {
  test(`holds what the list holds, in its order, and continues after a cut (${filter})`, async () => {
    const ids = (await allPages(app, `${list}?${filter}`, 50)).map(({ id }) => id)
    const lines = jsonLines(await get(`${list}/export?${filter}`))
    expect(lines[0]).toEqual({ type: `sealcard.${list}.export`, version: 1 })
    expect(lines.at(-1)).toEqual({ type: 'end', rows: ids.length })
    const rows = lines.slice(1, -1)
    expect(rows.map(({ id }) => id)).toEqual(ids)
    for (const cut of [1, 7, ids.length - 1]) {
      const last = rows[cut - 1]
      const more = jsonLines(
        await get(
          `${list}/export?${filter}after=${encodeURIComponent(`${last[time]},${last.id}`)}`,
        ),
      )
      expect(more.slice(0, -1)).toEqual(rows.slice(cut))
    }
    const csv = (await get(`${list}/export?${filter}format=csv`)).trimEnd().split('\r\n')
    expect(csv).toHaveLength(ids.length + 1)
    expect(csv[0]?.split(',')).toEqual(Object.keys(rows[0]).filter((name) => name !== 'type'))
    expect(csv[1]).toMatch(new RegExp(`^"'?${ids[0]}",`))
  })
})

test('a csv continues after a cut at an id that begins with a minus, given as it stands there', async () => {
  const csv = (await get('cards/export?format=csv')).trimEnd().split('\r\n')
  const at = csv[0]?.split(',').indexOf('createdAt') ?? -1
  const cut = csv.findIndex((line) => line.startsWith(`"'-`))
  expect(cut).toBeGreaterThan(0)
  const [id, ...cells] = String(csv[cut]).slice(1, -1).split('","')
  const after = encodeURIComponent(`${cells[at - 1]},${id}`)
  const more = (await get(`cards/export?format=csv&after=${after}`)).trimEnd().split('\r\n')
  expect(more).toEqual(csv.slice(cut + 1))
  const place = { after: "'-PmgSWBbLEE67wfU2VcGmw:8" }
  expect(ExportAudit.parse(place).after).toBe('-PmgSWBbLEE67wfU2VcGmw:8')
  expect(ExportAudit.safeParse({ after: "'PmgSWBbLEE67wfU2VcGmwA:8" }).success).toBe(false)
})

test('the audit records who exports what before the first line is sent', async () => {
  await get('openings/export?decision=refused&format=csv')
  const { body } = await asAdmin(app, 'GET', 'audit?kind=openings.export&limit=1')
  expect(body.items[0]).toMatchObject({
    actor: 'token:env',
    subject: 'csv',
    reason: 'address=127.0.0.1 [["decision","refused"]]',
  })
  const audit = jsonLines(await get('audit/export'))
  expect(audit.filter(({ kind }) => kind === 'audit.export').length).toBeGreaterThan(0)
})

test('a cell that a spreadsheet would run is text', async () => {
  await app.nest
    .get(AuditLog)
    .append({ kind: 'test', actor: '=1+1', subject: '@x', decision: '-1', reason: '+"a"\t' })
  const line = (await get('audit/export?format=csv'))
    .split('\r\n')
    .find((one) => one.includes('1+1'))
  expect(line).toContain(`"'=1+1","'@x","'-1","'+""a""\t"`)
})

test.each([
  ...['cards', 'openings'].flatMap((list) =>
    ['x', ',', '2026-13-45T00:00:00.000Z,x'].map((after) => [
      `${list}/export?after=${encodeURIComponent(after)}`,
      'after',
    ]),
  ),
  ['cards/export?app=%00', 'app'],
  ['openings/export?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
])('%s is refused before anything is sent, and is no act', async (path, field) => {
  const acts = () => app.storage.manager.count(AuditEntryEntity)
  const before = await acts()
  const answer = await asAdmin(app, 'GET', path)
  expectProblem(answer, 'ERR_INPUT')
  expect(answer.body.issues[0].path).toBe(field)
  expect(await acts()).toBe(before)
})

test('nothing is read ahead of a slow reader', async () => {
  const { exportRows } = await import('../../../src/admin/exports/exported-lists.js')
  let parts = 0
  const lines = exportRows<number>(
    {
      name: 'numbers',
      columns: ['n'],
      line: (n) => ({ n }),
      part: async () => ({ rows: [(parts += 1)], next: { at: parts, id: 'x' } }),
    },
    'jsonl',
    undefined,
  )
  await lines.next()
  for (let n = 1; n <= 5; n++) {
    expect((await lines.next()).value).toBe(`{"type":"row","n":${n}}\n`)
    expect(parts).toBe(n)
  }
  await lines.return(undefined)
})
