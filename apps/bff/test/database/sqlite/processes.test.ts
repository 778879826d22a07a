import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runChildren, startChild } from '../../kit/storage/child.js'
import { ClaimEntity } from '../../kit/storage/claim.entity.js'
import { claimsFile } from '../../kit/storage/claims-file.js'

const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-processes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const idsIn = async (file: string): Promise<Set<string>> => {
  const dataSource = await claimsFile(file).initialize()
  const rows = await dataSource.getRepository(ClaimEntity).find()
  await dataSource.destroy()
  return new Set(rows.map(({ id }) => id))
}

describe('several processes on one SQLite file', () => {
  it('migrate once and all come up', async () => {
    const file = path.join(folder, 'migrate.sqlite')
    const results = await runChildren<{ ran: string[] }>('migrate', file, 3)
    expect(results.flatMap(({ ran }) => ran)).toEqual(['Claims1700000000000'])
  })

  it('let exactly one win each claim', async () => {
    const file = path.join(folder, 'race.sqlite')
    const results = await runChildren<Record<'won' | 'lost' | 'other', number>>('race', file, 3)
    const sum = (key: 'won' | 'lost' | 'other') => results.reduce((n, count) => n + count[key], 0)
    expect({ won: sum('won'), lost: sum('lost'), other: sum('other') }).toEqual({
      won: 250,
      lost: 500,
      other: 0,
    })
  })

  it('C1 find every acknowledged write after kill -9', async () => {
    const file = path.join(folder, 'kill.sqlite')
    for (const until of [1, 17, 60]) {
      rmSync(file, { force: true })
      const child = await startChild('write', file)
      const acknowledged: string[] = []
      const dead = once(child, 'exit')
      child.on('message', (message: { acknowledged: string }) => {
        acknowledged.push(message.acknowledged)
        if (acknowledged.length === until) child.kill('SIGKILL')
      })
      child.send('go')
      await dead
      const kept = await idsIn(file)
      expect(acknowledged.length).toBeGreaterThanOrEqual(until)
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
      for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true })
    }
  })
})
