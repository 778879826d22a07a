import { createSecretKey, type KeyObject } from 'node:crypto'

let keysOf: (keyring: Keyring) => ReadonlyMap<string, KeyObject>

/** Sealing keys by id, one of them primary; made by `createKeyring`. Shows ids, never keys. */
export class Keyring {
  readonly #keys: ReadonlyMap<string, KeyObject>
  /** The id of the key that `seal` uses. */
  readonly primary: string

  constructor(primary: string, keys: ReadonlyMap<string, Uint8Array>) {
    this.primary = primary
    this.#keys = new Map([...keys].map(([id, bytes]) => [id, createSecretKey(bytes)]))
  }

  /** Every id that `unseal` can open, the primary one first. */
  get ids(): readonly string[] {
    return [...this.#keys.keys()]
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Keyring { ${this.ids.join(', ')} }`
  }

  static {
    keysOf = (keyring) => {
      if (typeof keyring === 'object' && keyring !== null && #keys in keyring) return keyring.#keys
      throw new TypeError('keyring must come from createKeyring')
    }
  }
}

export const keyringKey = (keyring: Keyring, id: string): KeyObject | undefined =>
  keysOf(keyring).get(id)
