import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openConnection } from '../../../src/database/sqlite/connection.js'
import type { RwSqliteDriver } from '../../../src/database/sqlite/rw-driver.js'
import { migrate } from '../../../src/schema/migrate.js'
import { ClaimEntity } from '../../kit/storage/claim.entity.js'
import { claim, claimsFile } from '../../kit/storage/claims-file.js'

const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-closing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a SQLite database that is closed', () => {
  const refused = { code: 'ERR_STORAGE_CONFIG' }

  it('ends what has begun, and begins nothing more', async () => {
    const file = path.join(folder, 'connection.sqlite')
    const connection = await openConnection('sqlite3', file, { readonly: false, busyTimeoutMs: 0 })
    await connection.query('SELECT 1 AS one', [])
    const begun = connection.query('SELECT 2 AS two', [])
    const closed = connection.close()
    await expect(connection.query('SELECT 3', [])).rejects.toMatchObject(refused)
    await expect(connection.query('SELECT 1 AS one', [])).rejects.toMatchObject(refused)
    await expect(connection.exec('SELECT 4')).rejects.toMatchObject(refused)
    expect(await begun).toEqual({ rows: [{ two: 2 }] })
    await closed
  })

  it('closes while a job still writes, and holds what that was told is written', async () => {
    const file = path.join(folder, 'job.sqlite')
    const dataSource = await claimsFile(file).initialize()
    await migrate(dataSource)
    let written = 0
    let enough = () => {}
    const some = new Promise<void>((resolve) => (enough = resolve))
    const job = async (): Promise<void> => {
      for (;;) {
        await dataSource.transaction((manager) => manager.insert(ClaimEntity, claim(`${written}`)))
        if ((written += 1) === 20) enough()
      }
    }
    const ended = job().catch((error: unknown) => error)
    await some
    await dataSource.destroy()
    expect(await ended).toBeInstanceOf(Error)
    const again = await claimsFile(file).initialize()
    const kept = await again.getRepository(ClaimEntity).count()
    await again.destroy()
    expect(kept).toBeGreaterThanOrEqual(written)
  })

  it('is not opened again by a transaction that fails meanwhile', async () => {
    const dataSource = await claimsFile(path.join(folder, 'doubt.sqlite')).initialize()
    await migrate(dataSource)
    const driver = dataSource.driver as RwSqliteDriver
    const runner = dataSource.createQueryRunner()
    await runner.startTransaction()
    await runner.manager.insert(ClaimEntity, claim('open'))
    const destroyed = dataSource.destroy()
    await expect(runner.rollbackTransaction()).rejects.toMatchObject(refused)
    await expect(driver.lease()).rejects.toMatchObject(refused)
    await destroyed
    expect(() => driver.writer).toThrow('not connected')
  })
})
