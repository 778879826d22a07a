import { createKeyring, CryptoError, rewrap, seal, unseal, type Keyring } from '@sealcard/crypto'
import type { KeyringConfig } from '../config/config.js'

export interface SealRef {
  table: string
  row: string
  purpose: string
}

/** Length-prefixed, so that no two references share an encoding whatever characters they hold. */
const additionalData = ({ table, row, purpose }: SealRef): string =>
  [table, row, purpose].map((part) => `${Buffer.byteLength(part)}:${part}`).join('|')

/** Seals what must not be readable in the database. An envelope opens only for the row and purpose it was sealed for. */
export class Vault {
  readonly #keyring: Keyring
  readonly primaryKeyId: string
  /** Of all keys; the primary one is the first. */
  readonly keyIds: readonly string[]

  constructor({ keys }: KeyringConfig) {
    this.#keyring = createKeyring(keys.map(({ id, secret }) => `${id}:${secret.reveal()}`).join())
    this.primaryKeyId = this.#keyring.primary
    this.keyIds = keys.map(({ id }) => id)
  }

  /** Seals under the primary key. The envelope is text. */
  seal(ref: SealRef, plaintext: string): string {
    return seal(this.#keyring, plaintext, additionalData(ref))
  }

  /** @throws CryptoError for a wrong key, row, purpose, or a changed envelope */
  unseal(ref: SealRef, envelope: string): string {
    return unseal(this.#keyring, envelope, additionalData(ref)).toString('utf8')
  }

  /** For what others can do without. @returns null where there is no envelope, or where it does not open */
  unsealOrNull(ref: SealRef, envelope: string | null): string | null {
    if (envelope === null) return null
    try {
      return this.unseal(ref, envelope)
    } catch (error) {
      if (error instanceof CryptoError) return null
      throw error
    }
  }

  /** The envelope under the primary key, or null when it already is. @throws as `unseal` */
  rewrap(ref: SealRef, envelope: string): string | null {
    const moved = rewrap(this.#keyring, envelope, additionalData(ref))
    return moved === envelope ? null : moved
  }
}
