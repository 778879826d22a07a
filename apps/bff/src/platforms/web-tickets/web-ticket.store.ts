import type { DataSource, Repository } from 'typeorm'
import type { Vault } from '../../core/crypto/vault.js'
import { CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import type { Random } from '../../core/ports/random.js'
import { Lease } from '../../database/lease.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import { LEASE_MS } from '../tokens/access-token.store.js'
import { isFromAhead, type StoredToken } from '../tokens/token-source.js'
import { PREVIOUS_TICKET_MS, WebTicketEntity } from './web-ticket.entity.js'

const lease = new Lease(
  WebTicketEntity,
  { owner: 'leaseOwner', until: 'leaseUntil', never: 0 },
  LEASE_MS,
)

const ref = (row: string, purpose: 'web_ticket' | 'previous_web_ticket') => ({
  table: 'web_tickets',
  row,
  purpose,
})

/** Times in milliseconds UTC. */
export interface StoredTicket extends StoredToken {
  /** The ticket before it, while it still counts. */
  readonly previous: string | null
}

/** The tickets in the database, and the lease that lets one process at a time fetch. */
export class WebTicketStore {
  readonly #rows: Repository<WebTicketEntity>
  readonly #owner: string

  constructor(
    dataSource: DataSource,
    private readonly vault: Vault,
    random: Random,
  ) {
    this.#rows = dataSource.getRepository(WebTicketEntity)
    this.#owner = random.id()
  }

  /** @returns none when there is none yet, or when no key of the keyring opens it */
  async read(id: string, now: number): Promise<StoredTicket | undefined> {
    const row = await this.#rows.findOneBy({ id })
    const token = row && this.#unsealed(id, 'web_ticket', row.envelope)
    if (!row || token === null) return undefined
    const { fetchedAt, refreshAt, expiresAt } = row
    const left = row.previousUntil - now
    const counts = left > 0 && left <= PREVIOUS_TICKET_MS + CLOCK_SKEW_MS
    const previous = counts ? this.#unsealed(id, 'previous_web_ticket', row.previousEnvelope) : null
    return { token, fetchedAt, refreshAt, expiresAt, previous }
  }

  /** @returns whether this process may fetch now */
  async claim(id: string, now: number): Promise<boolean> {
    await this.#ensureRow(id)
    return lease.take(this.#rows.manager, { id }, this.#owner, now)
  }

  async release(id: string): Promise<void> {
    await lease.release(this.#rows.manager, { id }, this.#owner)
  }

  /**
   * The ticket in the database becomes the previous one. Keeps the newer of two tickets, should a slow process come late;
   * but not one that a clock that was ahead wrote.
   */
  async write(id: string, stored: StoredToken, now: number): Promise<void> {
    const { token, fetchedAt, refreshAt, expiresAt } = stored
    const row = await this.#rows.findOneByOrFail({ id })
    if (row.fetchedAt > fetchedAt && !isFromAhead(row.fetchedAt, now)) return
    const times = { fetchedAt, refreshAt, expiresAt }
    const envelope = this.vault.seal(ref(id, 'web_ticket'), token)
    const replaced = this.#unsealed(id, 'web_ticket', row.envelope)
    // The platform may give out the same ticket again. The one before it ends when it was to end.
    const before =
      replaced === null || replaced === token
        ? {}
        : {
            previousEnvelope: this.vault.seal(ref(id, 'previous_web_ticket'), replaced),
            // The grace of a ticket that ended by itself begins at its end, however late the next one is fetched.
            previousUntil: Math.min(now, row.expiresAt) + PREVIOUS_TICKET_MS,
          }
    const unchanged = { id, fetchedAt: row.fetchedAt }
    await this.#rows.update(unchanged, { envelope, ...times, ...before })
  }

  #unsealed(
    id: string,
    purpose: 'web_ticket' | 'previous_web_ticket',
    envelope: string | null,
  ): string | null {
    try {
      return envelope === null ? null : this.vault.unseal(ref(id, purpose), envelope)
    } catch {
      return null
    }
  }

  async #ensureRow(id: string): Promise<void> {
    if (await this.#rows.existsBy({ id })) return
    const never = { fetchedAt: 0, refreshAt: 0, expiresAt: 0, previousUntil: 0 }
    try {
      await this.#rows.insert({
        id,
        ...never,
        ...lease.free,
        envelope: null,
        previousEnvelope: null,
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
}
