import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import type { ReceiptKeySet } from '@sealcard/protocol'
import { DataSource, MoreThan } from 'typeorm'
import { CONFIG, type Config } from '../../core/config/config.js'
import { Vault } from '../../core/crypto/vault.js'
import { Job } from '../../core/jobs/job.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { DAY, MINUTE, SECOND } from '../../core/time.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import { ReceiptKeyEntity } from './receipt-key.entity.js'

/** A key is published so long before its first receipt. A server that keeps the key set for minutes has it in time. */
const PUBLISHED_BEFORE_MS = DAY
/** How long after its last receipt. A receipt is valid for a minute. */
const PUBLISHED_AFTER_MS = DAY
/**
 * Where no earlier key can sign any more, the new one signs from a moment ago: also for openings that were sent again,
 * and for a process whose clock is behind.
 */
const AGO_MS = 2 * MINUTE

const keyRef = (id: string) => ({ table: 'receipt_keys', row: id, purpose: 'key' })

/** RFC 8410 7: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })

export interface SigningKey {
  /** `kid` */
  readonly id: string
  readonly usedFrom: number
  readonly usedUntil: number
  readonly privateKey: KeyObject
}

/**
 * The keys that sign receipts. The database holds them, so every process signs with the same one. A process makes the
 * next key a day before it is needed, and publishes it at once.
 */
@Injectable()
export class ReceiptKeys {
  /** Those that the keyring opens, in the order of use. */
  #keys: readonly SigningKey[] = []
  #renewal: Promise<number> | undefined

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Pick<Config, 'receipts'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * The key that signs what happened at that moment: the same one in every process, and when it is asked again.
   * @param moment milliseconds UTC
   */
  async at(moment: number): Promise<SigningKey> {
    if (this.clock.now() >= (this.#keys.at(-1)?.usedUntil ?? 0)) await this.renew()
    const key = this.#keys.findLast(({ usedFrom }) => usedFrom <= moment) ?? this.#keys[0]
    if (!key) throw new TypeError('no key signs receipts')
    return key
  }

  /** What the service publishes. It is read from the database: another process may just have made a key. */
  async published(): Promise<ReceiptKeySet> {
    const rows = await this.storage.manager.find(ReceiptKeyEntity, {
      select: { id: true, publicKey: true },
      where: { expiresAt: MoreThan(this.clock.now()) },
      order: { number: 'ASC' },
    })
    const keys = rows.map(({ id: kid, publicKey: x }) => ({
      ...({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' } as const),
      kid,
      x,
    }))
    return { keys }
  }

  /** Reads the keys that others made, and makes the next one when it is due. @returns how many it made */
  @Job({ name: 'receipt-keys', everyMs: 10 * MINUTE, firstMs: SECOND })
  renew(): Promise<number> {
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined))
    return this.#renewal
  }

  async #renew(): Promise<number> {
    const last = await this.#read()
    if (!this.#isDue()) return 0
    const made = await this.#make(last + 1)
    // Also a key that another process made at the same moment.
    await this.#read()
    return made
  }

  #isDue(): boolean {
    return (this.#keys.at(-1)?.usedUntil ?? 0) - this.clock.now() <= PUBLISHED_BEFORE_MS
  }

  /** @returns the number of the last key, also of one that the keyring does not open; 0 without one */
  async #read(): Promise<number> {
    const rows = await this.storage.manager.find(ReceiptKeyEntity, { order: { number: 'ASC' } })
    this.#keys = rows
      .flatMap(({ id, sealedKey, usedFrom, usedUntil }) => {
        const seed = this.vault.unsealOrNull(keyRef(id), sealedKey)
        if (seed === null) return []
        const privateKey = privateKeyOf(Buffer.from(seed, 'base64url'))
        return [{ id, usedFrom, usedUntil, privateKey }]
      })
      .sort((a, b) => a.usedFrom - b.usedFrom)
    return rows.at(-1)?.number ?? 0
  }

  /** @returns 0 where another process made it first */
  async #make(number: number): Promise<0 | 1> {
    const now = this.clock.now()
    const until = this.#keys.at(-1)?.usedUntil ?? 0
    const usedFrom = until > now ? until : now - AGO_MS
    const usedUntil = usedFrom + this.config.receipts.keyDays * DAY
    const [id, seed] = [this.random.id(), this.random.bytes(32)]
    try {
      await this.storage.manager.insert(ReceiptKeyEntity, {
        id,
        number,
        publicKey: String(createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' }).x),
        sealedKey: this.vault.seal(keyRef(id), seed.toString('base64url')),
        usedFrom,
        usedUntil,
        expiresAt: usedUntil + PUBLISHED_AFTER_MS,
      })
      return 1
    } catch (error) {
      if (isUniqueViolation(error)) return 0
      throw error
    }
  }
}
