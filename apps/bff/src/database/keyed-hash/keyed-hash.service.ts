import { createHmac } from 'node:crypto'
import { Inject, Injectable, type OnModuleInit, Global, Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { isUniqueViolation } from '../storage-error.js'
import { HashKeyEntity } from './hash-key.entity.js'

const HASH_PURPOSES = [
  'viewer',
  'cursor',
  'bot_chat',
  'share_label',
  'admin-lane',
  'admin-device',
  'search',
] as const
type HashPurpose = (typeof HASH_PURPOSES)[number]

/**
 * Keyed hashes that stay the same for the life of the deployment, also when the keyring changes. The first process
 * generates a random key and stores it sealed in a row. A rewrap seals that row under the new primary key.
 */
@Injectable()
export class KeyedHash implements OnModuleInit {
  readonly #keys = new Map<HashPurpose, Promise<Buffer>>()

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * The keys are there from the start: a request that only reads writes nothing, so a full disk does not stop it.
   * @throws CryptoError when the keyring does not open them
   */
  async onModuleInit(): Promise<void> {
    for (const name of HASH_PURPOSES) await this.#key(name)
  }

  /** HMAC-SHA-256, base64url. @param name which key @param parts joined without ambiguity */
  async hash(name: HashPurpose, ...parts: string[]): Promise<string> {
    return createHmac('sha256', await this.#key(name))
      .update(JSON.stringify(parts))
      .digest('base64url')
  }

  #key(name: HashPurpose): Promise<Buffer> {
    const known = this.#keys.get(name)
    if (known) return known
    const key = this.#load(name)
    this.#keys.set(name, key)
    key.catch(() => this.#keys.delete(name))
    return key
  }

  async #load(name: HashPurpose): Promise<Buffer> {
    const rows = this.storage.getRepository(HashKeyEntity)
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

@Global()
@Module({ providers: [KeyedHash], exports: [KeyedHash] })
export class KeyedHashModule {}
