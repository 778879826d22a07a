import { Inject, Injectable } from '@nestjs/common'
import { type AuditedTransaction, AuditLog } from '../../audit/audit-log.js'
import { transactGroup } from '../../audit/transact-group.js'
import { Grouped, type Settled, settled } from '../../core/concurrency/grouped.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { DomainError } from '../../core/errors/domain-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { MINUTE, SECOND } from '../../core/time.js'
import { spanBefore } from '../../http/limits/person-limits.js'
import { Metrics } from '../../observability/metrics.js'
import { SESSION_MS, type SessionEntity } from './session.entity.js'
import { SessionRepository } from './session.repository.js'
import { KeyChanges, ViewerKeysRepository } from './viewer-keys.js'
import { type HeldViewer, ViewerRepository } from './viewer.repository.js'

/** Members of one group, and of one person in a group. */
const MOST = 128
const MOST_OF_ONE = 8

/** A login of a person whom the database knows. */
export interface PendingLogin {
  readonly viewerId: string
  readonly appId: string
  readonly tokenHash: string
  /** That the platform delivered with the login, if any. */
  readonly sessionKey?: string
  /** Who handed the login over, for the audit. */
  readonly by?: string
}

export interface Started {
  /** Of the session, ms UTC. */
  readonly at: number
  /** Seconds until the person may log in again; 0: there is a session, unless `blocked`. */
  readonly retryAfter: number
  /** An administrator blocked the person: there is no session. */
  readonly blocked?: true
}

/** What the database holds about a group, and what its members changed. */
interface LoginState {
  readonly now: number
  readonly people: ReadonlyMap<string, HeldViewer>
  readonly keys: KeyChanges
  /** When each person’s logins were that count against them, newest first. */
  readonly logins: Map<string, readonly number[]>
  readonly sessions: SessionEntity[]
}

/**
 * Begins sessions. Logins that arrive while a transaction is under way share the next one. The limit of logins is counted
 * in the database, so a restart forgets nothing. See docs/adr/0018-openings-are-judged-in-groups.md.
 */
@Injectable()
export class LoginGroups {
  readonly #groups: Grouped<PendingLogin, Started>
  readonly #limit: number

  constructor(
    private readonly audit: AuditLog,
    private readonly viewers: ViewerRepository,
    private readonly keys: ViewerKeysRepository,
    private readonly sessions: SessionRepository,
    @Inject(CONFIG) { limits }: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
    metrics: Metrics,
  ) {
    this.#limit = limits.loginsPerPersonPerMinute
    const fair = { whose: ({ viewerId }: PendingLogin) => viewerId, most: MOST_OF_ONE }
    const sizes = metrics.histogram(
      'sealcard_logins_group_size',
      'Logins that shared one transaction',
      [1, 2, 4, 8, 16, 32, 64, MOST],
    )
    this.#groups = new Grouped({ most: MOST, fair }, (group) => {
      sizes.observe(group.length)
      return this.startGroup(group)
    })
  }

  /** @returns once it is committed @throws DomainError ERR_SESSION when the person was erased; what the storage throws */
  start(login: PendingLogin): Promise<Started> {
    return this.#groups.ask(login)
  }

  /** A member that the database refuses fails alone. */
  startGroup(group: readonly PendingLogin[]): Promise<readonly Settled<Started>[]> {
    return transactGroup(this.audit, group, (tx, part) => this.#start(tx, part))
  }

  async #start(
    { manager, record }: AuditedTransaction,
    group: readonly PendingLogin[],
  ): Promise<readonly Settled<Started>[]> {
    const ids = group.map(({ viewerId }) => viewerId)
    const people = await this.viewers.holdAll(manager, ids, this.clock.now())
    // Not earlier: the statement above may wait for rows, and logins are counted from this moment.
    const now = this.clock.now()
    const state: LoginState = {
      now,
      people,
      keys: await this.keys.read(manager, ids, now),
      logins: await this.sessions.loginsAfter(manager, ids, spanBefore(now, MINUTE), this.#limit),
      sessions: [],
    }
    const outcomes = group.map((login) => settled(() => this.#decide(login, state, record)))
    await this.keys.write(manager, state.keys)
    await this.sessions.insert(manager, state.sessions)
    return outcomes
  }

  #decide(
    { viewerId, appId, tokenHash, sessionKey, by }: PendingLogin,
    state: LoginState,
    record: AuditedTransaction['record'],
  ): Started {
    const { now } = state
    const person = state.people.get(viewerId)
    if (!person) throw new DomainError('ERR_SESSION', 'the viewer is erased')
    const about = { kind: 'session.open', actor: viewerId }
    if (person.blockedAt !== null) {
      record({ ...about, subject: viewerId, decision: 'refused', reason: 'blocked' })
      return { at: now, retryAfter: 0, blocked: true }
    }
    // Also without a session: since the exchange, the viewer's proofs are under this key.
    if (sessionKey !== undefined) state.keys.take(viewerId, sessionKey)
    const logins = state.logins.get(viewerId) ?? []
    const oldest = logins[this.#limit - 1]
    if (oldest !== undefined) {
      record({ ...about, subject: viewerId, decision: 'refused', reason: 'rate_limited' })
      return { at: now, retryAfter: (oldest + MINUTE - now) / SECOND }
    }
    const id = this.random.id()
    state.logins.set(
      viewerId,
      [...logins, now].toSorted((a, b) => b - a),
    )
    state.sessions.push({
      id,
      tokenHash,
      viewerId,
      appId,
      createdAt: now,
      expiresAt: now + SESSION_MS,
      endedAt: null,
    })
    record({ ...about, subject: id, decision: 'done', ...(by !== undefined && { reason: by }) })
    return { at: now, retryAfter: 0 }
  }
}
