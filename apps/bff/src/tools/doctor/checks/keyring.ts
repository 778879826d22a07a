import type { DataSource } from 'typeorm'
import type { KeyringConfig } from '../../../core/config/config.js'
import { Vault } from '../../../core/crypto/vault.js'
import { type SealedColumn, sealedColumns, sealRefOf } from '../../../lifecycle/sealed-columns.js'
import {
  type Check,
  type DatabaseContext,
  ok,
  type Said,
  warning,
  wrong,
} from '../support/check.js'

/** Which keys the sealed values are under, and whether those keys open them. */
export const keyring: Check<DatabaseContext> = {
  name: 'keyring',
  timeoutMs: 120_000,
  async run({ storage, config }) {
    const [{ id: primary }, ...older] = config.keyring.keys
    const uses = await keyUses(storage, config.keyring)
    const found = uses.flatMap((use) => judged(use, primary))
    const unused = older.filter(({ id }) => !uses.some(({ keyId }) => keyId === id))
    for (const { id } of unused) {
      const todo = 'Remove it from SEALCARD_KEYRING, once no backup needs it any more.'
      found.push(warning('key-unused', 'nothing is under this key any more', todo, id))
    }
    return found.length > 0 ? found : [ok('primary', 'everything is under the first key', primary)]
  },
}

const judged = ({ keyId, values, opens }: KeyUse, primary: string): Said[] => {
  if (keyId === null) {
    const what = `${values} values are under a key that the keyring does not hold`
    const todo = 'Put the missing key back at the end of SEALCARD_KEYRING; keys rewrap names them.'
    return [wrong('key-missing', what, todo)]
  }
  if (!opens) {
    const what = `${values} values name this key, and it does not open them: it is another key of the same name`
    return [
      wrong('key-replaced', what, 'Put the former key back; give the new one a new name.', keyId),
    ]
  }
  if (keyId === primary) return []
  const what = `${values} values are still under this older key`
  return [warning('rewrap-due', what, 'Run sealcard keys rewrap, then remove the key.', keyId)]
}

export interface KeyUse {
  /** Null: a key that is not in the keyring. */
  readonly keyId: string | null
  readonly values: number
  /** Whether it opens one of them. */
  readonly opens: boolean
}

/** How many sealed values are under each key; keys that nothing is under are left out. One reading of each table. */
export const keyUses = async (storage: DataSource, { keys }: KeyringConfig): Promise<KeyUse[]> => {
  const vault = new Vault({ keys })
  const ids = keys.map(({ id }) => id)
  const counts = new Map<string | null, number>()
  const opens = new Map<string | null, boolean>()
  for (const column of sealedColumns(storage)) {
    for (const [keyId, values] of await countsOf(storage, column, ids)) {
      if (values === 0) continue
      counts.set(keyId, (counts.get(keyId) ?? 0) + values)
      if (keyId !== null && !opens.has(keyId)) {
        const good = await opensOne(storage, vault, column, keyId)
        if (good !== null) opens.set(keyId, good)
      }
    }
  }
  return [...counts].map(([keyId, values]) => ({ keyId, values, opens: opens.get(keyId) ?? true }))
}

/** An envelope begins with `v1.<key id>.` */
const under = (column: string, id: string): string =>
  `SUBSTR(${column}, 1, ${id.length + 4}) = 'v1.${id}.'`

const countsOf = async (
  storage: DataSource,
  { entity, property }: SealedColumn,
  ids: readonly string[],
): Promise<[string | null, number][]> => {
  const query = storage.manager
    .createQueryBuilder(entity, 't')
    .select(`COUNT(t.${property})`, 'total')
  for (const [i, id] of ids.entries()) {
    query.addSelect(`SUM(CASE WHEN ${under(`t.${property}`, id)} THEN 1 ELSE 0 END)`, `n${i}`)
  }
  const row = (await query.getRawOne<Record<string, unknown>>()) ?? {}
  const known = ids.map((id, i): [string, number] => [id, Number(row[`n${i}`] ?? 0)])
  const total = Number(row['total'] ?? 0)
  return [...known, [null, total - known.reduce((sum, [, n]) => sum + n, 0)]]
}

/** Null when the value was changed or deleted in the meantime. */
const opensOne = async (
  storage: DataSource,
  vault: Vault,
  column: SealedColumn,
  keyId: string,
): Promise<boolean | null> => {
  const { entity, property, key } = column
  const row = await storage.manager
    .createQueryBuilder(entity, 't')
    .where(under(`t.${property}`, keyId))
    .limit(1)
    .getOne()
  if (!row) return null
  try {
    vault.unseal(sealRefOf(column, String(row[key])), String(row[property]))
    return true
  } catch {
    return false
  }
}
