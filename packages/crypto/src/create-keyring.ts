import { Keyring } from './lib/keyring.js'

/** A keyring as an object: ids to keys, each 32 bytes or their canonical base64. */
export interface KeyringConfig {
  /** The id of the key to seal with. */
  readonly primary: string
  readonly keys: Readonly<Record<string, string | Uint8Array>>
}

const isId = /^[A-Za-z0-9_-]{1,32}$/

const readKey = (id: string, key: unknown): [string, Uint8Array] => {
  if (!isId.test(id)) throw new TypeError('keyring ids must be 1 to 32 of A-Z a-z 0-9 _ -')
  const bytes = typeof key === 'string' ? Buffer.from(key, 'base64') : key
  const canonical = typeof key !== 'string' || Buffer.from(key, 'base64').toString('base64') === key
  if (!(bytes instanceof Uint8Array) || bytes.length !== 32 || !canonical) {
    throw new TypeError(`keyring key ${id} must be 32 bytes, or canonical base64 of them`)
  }
  return [id, bytes]
}

const readText = (text: string): [string, unknown][] =>
  text.split(',').map((part) => {
    const at = part.indexOf(':')
    if (at < 0) throw new TypeError('keyring must read id:base64[,id:base64]')
    return [part.slice(0, at), part.slice(at + 1)]
  })

const readObject = ({ primary, keys }: KeyringConfig): [string, unknown][] => {
  const entries = Object.entries(keys ?? {})
  const first = entries.filter(([id]) => id === primary)
  if (first.length === 0) throw new TypeError('primary must be the id of one of keys')
  return [...first, ...entries.filter(([id]) => id !== primary)]
}

/**
 * Makes the keyring that `seal`, `unseal` and `rewrap` take. Keys are copied; the keyring shows
 * their ids and nothing else when it is logged, serialised or inspected.
 *
 * @param config the text form `k1:<base64 of 32 bytes>[,k0:<an older one>]`, the first being
 *   primary, or `{ primary, keys }`. Ids are 1 to 32 of `A-Z a-z 0-9 _ -`.
 * @throws {TypeError} naming the id whose key is not 32 bytes, or the id that occurs twice.
 *
 * @example
 * const keyring = createKeyring(`k1:${randomBytes(32).toString('base64')}`)
 */
export const createKeyring = (config: string | KeyringConfig): Keyring => {
  if (typeof config !== 'string' && (typeof config !== 'object' || config === null)) {
    throw new TypeError('keyring must be text or an object')
  }
  const entries = typeof config === 'string' ? readText(config) : readObject(config)
  const keys = new Map<string, Uint8Array>()
  for (const [id, key] of entries.map(([name, value]) => readKey(name, value))) {
    if (keys.has(id)) throw new TypeError(`keyring key ${id} must occur once`)
    keys.set(id, key)
  }
  return new Keyring(entries[0]![0], keys)
}
