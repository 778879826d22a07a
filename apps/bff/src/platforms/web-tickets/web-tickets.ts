import type { AppConfig } from '../../core/config/config.js'
import { PlatformUnreachable } from '../calls/platform-error.js'
import type { PlatformClients } from '../registry/platforms.js'
import type { TicketKind } from '../registry/web-platform.js'
import { SharedToken, type TokenPorts } from '../tokens/shared-token.js'
import { isAlive, stamped, type StoredToken } from '../tokens/token-source.js'
import { ticketId } from './web-ticket.entity.js'
import type { WebTicketStore } from './web-ticket.store.js'

/** The tickets under which a proof of a page may have been made. */
export interface ProofTickets {
  readonly current: string
  /** For ten minutes after it was replaced. */
  readonly previous: string | null
}

/** The tickets of the apps' web pages. No answer, log or error of ours ever holds one. */
export class WebTickets {
  readonly #tickets = new Map<string, SharedToken>()
  readonly #reads = new Map<string, Promise<ProofTickets>>()

  constructor(
    private readonly store: WebTicketStore,
    private readonly clients: PlatformClients,
    private readonly ports: TokenPorts,
  ) {}

  /** The ticket that signs a page now. @throws PlatformError, PlatformUnreachable */
  toSign(app: AppConfig, kind: TicketKind): Promise<string> {
    return this.#of(app, kind).holding()
  }

  /**
   * The app's ticket as the database has it: another process may have replaced it. While it holds, no caller waits for
   * the platform. All who ask in the same moment share one read.
   * @throws PlatformError, PlatformUnreachable
   */
  toOpen(app: AppConfig): Promise<ProofTickets> {
    const reading = this.#reads.get(app.id)
    if (reading) return reading
    const read = this.#read(app).finally(() => this.#reads.delete(app.id))
    this.#reads.set(app.id, read)
    return read
  }

  async #read(app: AppConfig): Promise<ProofTickets> {
    const id = ticketId(app.id, 'agent')
    const shared = this.#of(app, 'agent')
    const stored = await this.store.read(id, this.ports.clock.now())
    if (stored && isAlive(stored, this.ports.clock.now())) {
      shared.succeed(stored)
      return { current: stored.token, previous: stored.previous }
    }
    const current = await shared.get()
    const latest = await this.store.read(id, this.ports.clock.now())
    return { current, previous: latest?.token === current ? latest.previous : null }
  }

  #of(app: AppConfig, kind: TicketKind): SharedToken {
    const id = ticketId(app.id, kind)
    const known = this.#tickets.get(id)
    if (known) return known
    const { store, ports } = this
    const shared = new SharedToken(
      {
        read: () => store.read(id, ports.clock.now()),
        claim: (now) => store.claim(id, now),
        release: () => store.release(id),
        write: (stored, now) => store.write(id, stored, now),
        fetch: () => this.#fetch(app, kind),
        stuck: () => {
          const failure = new PlatformUnreachable('ticket', 'lease')
          failure.app = app.id
          return failure
        },
      },
      ports,
    )
    this.#tickets.set(id, shared)
    return shared
  }

  async #fetch(app: AppConfig, kind: TicketKind): Promise<StoredToken> {
    const askedAt = this.ports.clock.now()
    return stamped(await this.clients.webOf(app).fetchTicket(app, kind), askedAt)
  }
}
