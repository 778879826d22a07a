import { retry } from '../../core/concurrency/retry.js'
import { sha256 } from '../../core/crypto/digest.js'
import type { Clock } from '../../core/ports/clock.js'
import { fraction, type Random } from '../../core/ports/random.js'
import type { Timers } from '../../core/ports/timers.js'
import { isStorageUnavailable } from '../../database/storage-error.js'
import { PlatformError, PlatformUnreachable } from '../calls/platform-error.js'
import { isAlive, isFresh, type StoredToken } from './token-source.js'

const POLL_MS = 100
const POLLS = 60
/** How long to leave the platform alone after a failed refresh, while the old token still holds. */
const AGAIN_MS = 10_000

/** A token that the platform refused, and how. */
export interface Refused {
  token: string
  errcode: number
}

/** Where the processes keep one token, with the lease that lets one of them at a time fetch the next. */
export interface TokenPlace {
  /** None when there is none yet, or when no key of the keyring opens it. */
  read(): Promise<StoredToken | undefined>
  /** @returns whether this process may fetch now */
  claim(now: number): Promise<boolean>
  release(): Promise<void>
  write(stored: StoredToken, now: number): Promise<void>
  /** @throws PlatformError, PlatformUnreachable */
  fetch(refused: Refused | undefined): Promise<StoredToken>
  /** This process holds it from now on. */
  held?(stored: StoredToken): void
  /** Another process fetches it and does not come to an end. */
  stuck(): PlatformUnreachable
}

export interface TokenPorts {
  readonly clock: Clock
  readonly random: Random
  readonly timers: Timers
}

/** One token: cached in memory and, sealed, in the database; one fetch across all processes. */
export class SharedToken {
  #held: StoredToken | undefined
  readonly #flights = new Map<string, Promise<string>>()

  constructor(
    private readonly place: TokenPlace,
    private readonly ports: TokenPorts,
  ) {}

  /**
   * From memory, or by one flight that all who ask the same share.
   * @param refused not this one: the platform refused it
   * @throws PlatformError, PlatformUnreachable when no token can be had
   */
  async get(refused?: Refused): Promise<string> {
    const held = this.#fresh(this.#held, refused)
    if (held) return held.token
    const key = refused ? sha256(refused.token) : ''
    const flying = this.#flights.get(key)
    if (flying) return flying
    const flight = this.#obtain(refused).finally(() => this.#flights.delete(key))
    this.#flights.set(key, flight)
    return flight
  }

  /**
   * The token that holds. It waits for the platform only where none does.
   * @throws PlatformError, PlatformUnreachable when no token can be had
   */
  async holding(): Promise<string> {
    const held = this.#alive(this.#held) ?? this.#alive(await this.place.read())
    if (!held) return this.get()
    this.succeed(held)
    return held.token
  }

  /** Fetches the successor of a token that holds, once it is due. The caller does not wait for it. */
  succeed(holds: StoredToken): void {
    if (isFresh(holds, this.ports.clock.now())) return
    // The platform's health shows a failure. A caller after the token's end waits, and gets the error.
    this.get().catch(() => {})
  }

  async #obtain(refused: Refused | undefined): Promise<string> {
    try {
      return await this.#fromStoreOrPlatform(refused)
    } catch (error) {
      // Early refresh leaves time: while the old token holds, neither outage is the member's.
      const held = this.#alive(this.#held, refused)
      if (!held || !isOutage(error)) throw error
      this.#held = { ...held, refreshAt: this.ports.clock.now() + AGAIN_MS }
      return held.token
    }
  }

  async #fromStoreOrPlatform(refused: Refused | undefined): Promise<string> {
    const { random, timers } = this.ports
    const ms = () => POLL_MS * (0.5 + fraction(random))
    const token = await retry(
      { tries: POLLS, onResult: (found) => !found, pause: { timers, ms } },
      () => this.#look(refused),
    )
    if (token === undefined) throw this.place.stuck()
    return token
  }

  /** @returns undefined while another process fetches one, and no old one holds */
  async #look(refused: Refused | undefined): Promise<string | undefined> {
    const stored = await this.place.read()
    const fresh = this.#fresh(stored, refused)
    if (fresh) return this.#hold(fresh)
    if (await this.place.claim(this.ports.clock.now())) return this.#asLeaseHolder(refused)
    return this.#alive(stored, refused)?.token
  }

  async #asLeaseHolder(refused: Refused | undefined): Promise<string> {
    try {
      // Once more: between looking and claiming the holder before may have finished.
      const stored = await this.place.read()
      const fresh = this.#fresh(stored, refused)
      if (fresh) return this.#hold(fresh)
      // For when the fetch fails: the stored one may hold still.
      if (stored) this.#held = stored
      const fetched = await this.place.fetch(refused)
      await this.place.write(fetched, this.ports.clock.now())
      return this.#hold(fetched)
    } finally {
      await this.place.release().catch(() => {})
    }
  }

  #hold(stored: StoredToken): string {
    this.#held = stored
    this.place.held?.(stored)
    return stored.token
  }

  /** The token if it may be used and needs no successor yet. */
  #fresh(stored: StoredToken | undefined, refused?: Refused): StoredToken | undefined {
    const alive = this.#alive(stored, refused)
    return alive && isFresh(alive, this.ports.clock.now()) ? alive : undefined
  }

  /** The token if it may be used. */
  #alive(stored: StoredToken | undefined, refused?: Refused): StoredToken | undefined {
    if (!stored || stored.token === refused?.token) return undefined
    return isAlive(stored, this.ports.clock.now()) ? stored : undefined
  }
}

const isOutage = (error: unknown): boolean =>
  error instanceof PlatformUnreachable ||
  error instanceof PlatformError ||
  isStorageUnavailable(error)
