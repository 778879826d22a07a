import { isStorageUnavailable } from '../../../database/storage-error.js'
import { IdempotencyEntity } from '../../../members/cards/idempotency.entity.js'
import type { Check, DatabaseContext } from '../support/check.js'
import { ok, wrong } from '../support/finding.js'

/** A row that means nothing, written, committed and removed; should it stay, retention removes it within 48 hours. */
export const databaseWrite: Check<DatabaseContext> = {
  name: 'database writes',
  timeoutMs: 20_000,
  async run({ storage, random, clock }) {
    const id = `doctor.${random.id()}`
    const rows = storage.getRepository(IdempotencyEntity)
    try {
      await rows.insert({ id, bodyHash: '-', cardId: 'doctor', createdAt: clock.now() })
      const { affected } = await rows.delete({ id })
      if (affected === 1) return [ok('writable', 'takes a write')]
      const todo =
        'See whether the connection goes to a replica, or through a pooler that splits it.'
      return [wrong('lost-write', 'a committed row was not there afterwards', todo)]
    } catch (error) {
      if (!isStorageUnavailable(error)) throw error
      const { code } = error as { code?: unknown }
      const what = `takes no write (${typeof code === 'string' ? code : 'unknown'})`
      const todo =
        'A full disk, a read-only mount or replica, or another process that holds the lock?'
      return [wrong('read-only', what, todo)]
    }
  },
}
