import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createDataSource } from '../../../src/schema/data-source.js'
import { hasPostgres, installedPostgres, startPostgres, type TestPostgres } from './postgres.js'

/** A folder that only its owner may enter, as a clone in root's home is. */
let closed: string

beforeEach(() => {
  closed = mkdtempSync(path.join(tmpdir(), 'sealcard-closed-'))
})
afterEach(() => {
  rmSync(closed, { recursive: true, force: true })
})

/** @returns where the server keeps its data */
const dataOf = async (postgres: TestPostgres): Promise<string> => {
  const none = { entities: [], migrations: [] }
  const storage = await createDataSource(postgres.database('postgres'), none).initialize()
  const [{ data_directory: folder }] = await storage.query('SHOW data_directory')
  await storage.destroy()
  return folder
}

;(hasPostgres() ? describe : describe.skip)('the PostgreSQL of the tests', () => {
  it('starts from a folder that only its owner may enter, and leaves nothing behind', async () => {
    const folder = path.join(closed, 'a folder, 文件夹')
    cpSync(installedPostgres()!, folder, { recursive: true, verbatimSymlinks: true })
    const postgres = await startPostgres(folder)
    const data = await dataOf(postgres)
    expect(existsSync(data)).toBe(true)
    await postgres.stop()
    expect(existsSync(path.dirname(data))).toBe(false)
  })

  it('starts where the folder for temporary files is closed to others, too', async () => {
    const postgres = await startPostgres(installedPostgres(), closed)
    const data = await dataOf(postgres)
    await postgres.stop()
    expect(data.startsWith(closed)).toBe(process.getuid?.() !== 0)
    expect(existsSync(path.dirname(data))).toBe(false)
  })

  it('says why it does not start', async () => {
    mkdirSync(path.join(closed, 'bin'))
    await expect(startPostgres(closed)).rejects.toThrow(/^PostgreSQL did not start: .*initdb/)
  })
})
