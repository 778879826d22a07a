/* A process of its own over the claims file: argv is [.., this file, job, database]. */
import { isUniqueViolation } from '../../../src/database/storage-error.js'
import { migrate } from '../../../src/schema/migrate.js'
import { ClaimEntity } from './claim.entity.js'
import { claim, claimsFile } from './claims-file.js'

const [job, database = ''] = process.argv.slice(3)
// On a slow disk the last of hundreds of writers may wait long: how long is not what these processes are about.
const dataSource = claimsFile(database, { leaseTimeoutMs: 120_000, busyTimeoutMs: 120_000 })
const say = (message: unknown): boolean => process.send!(message)
const go = (): Promise<void> => new Promise((resolve) => process.once('message', () => resolve()))

/** Claims 250 ids that its siblings claim too. */
const race = async (): Promise<object> => {
  const claims = dataSource.getRepository(ClaimEntity)
  const count = { won: 0, lost: 0, other: 0 }
  const attempt = async (id: string): Promise<void> => {
    try {
      await claims.insert(claim(id))
      count.won++
    } catch (error) {
      count[isUniqueViolation(error) ? 'lost' : 'other']++
    }
  }
  await Promise.all(Array.from({ length: 250 }, (_, i) => attempt(`n${i}`)))
  return count
}

/** Claims one id after the other and says so after each, until it is killed. */
const write = async (): Promise<never> => {
  const claims = dataSource.getRepository(ClaimEntity)
  for (let i = 0; ; i++) {
    await claims.insert(claim(`w${i}`))
    say({ acknowledged: `w${i}` })
  }
}

const main = async (): Promise<void> => {
  say('ready')
  await go()
  await dataSource.initialize()
  const ran = await migrate(dataSource)
  if (job === 'write') await write()
  const result = job === 'race' ? await race() : { ran }
  await dataSource.destroy()
  process.send!(result, () => process.disconnect())
}

void main()
