import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type SqliteDriver } from '../src/index.js'
import { claim, Claims, openClaims } from './support/claims.js'

const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-closing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a SQLite database that is closed', () => {
  const refused = { code: 'ERR_SQLITE_CLOSED' }

  it('closes while a job still writes, and keeps every write that it confirmed', async () => {
    const file = path.join(folder, 'job.sqlite')
    const dataSource = await openClaims(file)
    let written = 0
    let enough = () => {}
    const some = new Promise<void>((resolve) => (enough = resolve))
    const job = async (): Promise<void> => {
      for (;;) {
        await dataSource.transaction((manager) => manager.insert(Claims, claim(`${written}`)))
        if ((written += 1) === 20) enough()
      }
    }
    const ended = job().catch((error: unknown) => error)
    await some
    await dataSource.destroy()
    expect(await ended).toBeInstanceOf(Error)
    const again = await openClaims(file)
    const kept = await again.getRepository(Claims).count()
    await again.destroy()
    expect(kept).toBeGreaterThanOrEqual(written)
  })

  it('is not opened again by a transaction that fails while it closes', async () => {
    const dataSource = await openClaims(path.join(folder, 'doubt.sqlite'))
    const driver = dataSource.driver as SqliteDriver
    const runner = dataSource.createQueryRunner()
    await runner.startTransaction()
    await runner.manager.insert(Claims, claim('open'))
    const destroyed = dataSource.destroy()
    await expect(runner.rollbackTransaction()).rejects.toMatchObject(refused)
    await expect(driver.lease()).rejects.toMatchObject(refused)
    await destroyed
    expect(() => driver.writer).toThrow('not connected')
  })
})
