import {
  type Check,
  type DatabaseContext,
  ok,
  type Said,
  warning,
  wrong,
} from '../support/check.js'
import { type KeyUse, keyUses } from '../support/key-uses.js'

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
