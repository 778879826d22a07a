import { createHmac } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CLOCK, type Clock } from '../ports/clock.js'
import { RANDOM, type Random } from '../ports/random.js'
import { isUniqueViolation } from '../storage/storage-error.js'
import { Vault } from '../vault/vault.js'
import { PepperEntity } from './pepper.entity.js'

/**
 * Keyed hashes that stay the same for the life of the deployment, whatever becomes of the keyring: the key is random,
 * made by whichever process comes first, and lies sealed in a row that a rewrap moves to a new primary key.
 */
@Injectable()
export class Pepper {
  readonly #keys = new Map<string, Promise<Buffer>>()

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** HMAC-SHA-256, base64url. @param name which key @param parts joined without ambiguity */
  async hash(name: string, ...parts: string[]): Promise<string> {
    return createHmac('sha256', await this.#key(name))
      .update(JSON.stringify(parts))
      .digest('base64url')
  }

  #key(name: string): Promise<Buffer> {
    const known = this.#keys.get(name)
    if (known) return known
    const key = this.#load(name)
    this.#keys.set(name, key)
    key.catch(() => this.#keys.delete(name))
    return key
  }

  async #load(name: string): Promise<Buffer> {
    const rows = this.storage.getRepository(PepperEntity)
    const ref = { table: 'peppers', row: name, purpose: 'key' }
    const kept = await rows.findOneBy({ name })
    if (kept) return Buffer.from(this.vault.unseal(ref, kept.sealedKey), 'base64url')
    const key = this.random.bytes(32)
    try {
      const sealedKey = this.vault.seal(ref, key.toString('base64url'))
      await rows.insert({ name, sealedKey, createdAt: this.clock.now() })
      return key
    } catch (error) {
      if (isUniqueViolation(error)) return this.#load(name)
      throw error
    }
  }
}
