import { scrypt } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { equal } from '@sealcard/crypto'
import { ANYBODY, Bulkhead, BulkheadFullError } from '../core/concurrency/bulkhead.js'
import { ApiError } from '../core/errors/api-error.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { HASHED_AT_ONCE, HASHES_WAITING } from '../http/server/load-shedding.js'

/** What a guess costs: 2^logN rounds, 128·r·2^logN bytes of memory, p times. */
export interface PasswordCost {
  readonly logN: number
  readonly r: number
  readonly p: number
}

/** Injection token of the `PasswordCost` of new hashes; a hash carries its own. */
export const PASSWORD_COST = Symbol('PasswordCost')

/** OWASP Password Storage Cheat Sheet, scrypt: N = 2^17, r = 8, p = 1. 128 MiB for each guess. */
export const STANDARD_COST: PasswordCost = { logN: 17, r: 8, p: 1 }

const KEY_BYTES = 32
/** A row that says more is not one of ours. */
const MAX_LOG_N = 20

export interface StoredHash extends PasswordCost {
  readonly salt: Buffer
  readonly key: Buffer
}

/** The one parser of a stored hash. A hash of another form matches no password. */
export const parseHash = (text: string): StoredHash | null => {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/.exec(
    text,
  )
  if (!match) return null
  const [, ln = '', r = '', p = '', salt = '', key = ''] = match
  const cost = { logN: Number(ln), r: Number(r), p: Number(p) }
  if (cost.logN < 1 || cost.logN > MAX_LOG_N || cost.r < 1 || cost.p < 1) return null
  return { ...cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') }
}

export const writeHash = ({ logN, r, p, salt, key }: StoredHash): string =>
  `$scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`

/** Runs in libuv's pool. Two ways of typing one text on two keyboards are one password. */
export const deriveKey = (password: string, salt: Buffer, { logN, r, p }: PasswordCost) =>
  new Promise<Buffer>((resolve, reject) => {
    const N = 2 ** logN
    const maxmem = 128 * N * r + 128 * r * p + 2 ** 20
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

/** Seconds. */
const RETRY_AFTER = 5

@Injectable()
export class PasswordHasher {
  readonly #bulkhead = new Bulkhead(HASHED_AT_ONCE, HASHES_WAITING)
  readonly #nobody: StoredHash

  constructor(
    @Inject(PASSWORD_COST) private readonly cost: PasswordCost,
    @Inject(RANDOM) private readonly random: Random,
  ) {
    this.#nobody = { ...cost, salt: random.bytes(16), key: random.bytes(32) }
  }

  /** @throws ApiError ERR_RATE_LIMITED when there is no place left to wait: before anything else is done or counted */
  refuseWhenFull(): void {
    if (!this.#bulkhead.hasRoom(ANYBODY)) throw full()
  }

  /** @throws ApiError ERR_RATE_LIMITED */
  async hash(password: string): Promise<string> {
    const salt = this.random.bytes(16)
    return writeHash({ ...this.cost, salt, key: await this.#derive(password, salt, this.cost) })
  }

  /**
   * @param stored null when there is no such password; that takes as long as one of the present cost, and is always
   * false. A hash of an older cost takes its own time until the next login renews it.
   * @throws ApiError ERR_RATE_LIMITED
   */
  async verify(password: string, stored: string | null): Promise<boolean> {
    const known = stored === null ? null : parseHash(stored)
    const against = known ?? this.#nobody
    const key = await this.#derive(password, against.salt, against)
    return equal(key, against.key) && known !== null
  }

  /** Whether the hash is cheaper, or dearer, than new ones are. */
  outdated(stored: string): boolean {
    const { logN, r, p } = parseHash(stored) ?? this.cost
    return logN !== this.cost.logN || r !== this.cost.r || p !== this.cost.p
  }

  async #derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
    try {
      return await this.#bulkhead.run(ANYBODY, () => deriveKey(password, salt, cost))
    } catch (error) {
      throw error instanceof BulkheadFullError ? full() : error
    }
  }
}

const full = () => new ApiError('ERR_RATE_LIMITED', { retryAfter: RETRY_AFTER })
