import { createHmac } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  Index,
  IsNull,
  LessThan,
  MoreThan,
  Not,
  PrimaryColumn,
} from 'typeorm'
import { sha256 } from '../core/crypto/digest.js'
import { CLOCK, type Clock, CLOCK_SKEW_MS } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { HOUR, MINUTE, SECOND } from '../core/time.js'
import { epoch } from '../database/columns.js'
import { DataPolicy, Purpose } from '../database/data-policy.js'
import { LastUse } from '../database/last-use.js'
import { AdminAccountEntity } from './admin-account.entity.js'

/** NIST 800-63B AAL2: 12 hours whatever happens, 30 minutes without a request. */
export const ABSOLUTE_MS = 12 * HOUR
const IDLE_MS = 30 * MINUTE
/** A login that lies further ahead was written by a wrong clock. How long it has idled is unknown, so it is over. */
const AHEAD_MS = CLOCK_SKEW_MS

/** An administrator's login. Of the cookie only the SHA-256 is kept, and the CSRF token follows from the cookie. */
@Entity('admin_sessions')
@DataPolicy<AdminSessionEntity>({
  until: 'adminSession',
  retention: [
    {
      name: 'admin_sessions',
      due: [
        { since: 'createdAt', ms: ABSOLUTE_MS, latest: AHEAD_MS },
        { text: 'ended', where: () => ({ endedAt: Not(IsNull()) }) },
        // See AHEAD_MS. A row that stays counts again when it is that late.
        {
          text: 'seen in the future',
          where: (now) => ({ seenAt: MoreThan(now + AHEAD_MS) }),
        },
      ],
    },
  ],
  administrators: true,
})
@Index('ux_admin_sessions_token_hash', ['tokenHash'], { unique: true })
@Index('ix_admin_sessions_account_id', ['accountId'])
@Index('ix_admin_sessions_created_at', ['createdAt'])
export class AdminSessionEntity {
  @Purpose('names the login in the audit', { personal: true })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_admin_sessions' })
  id: string

  @Purpose('finds the login of a cookie', { personal: true })
  @Column({ type: 'varchar', length: 43, name: 'token_hash' })
  tokenHash: string

  @Purpose('who is logged in', { personal: true })
  @Column({ type: 'varchar', length: 22, name: 'account_id' })
  accountId: string

  @Purpose('ends it after 12 hours', { personal: true })
  @Column(epoch('created_at'))
  createdAt: number

  @Purpose('ends it after 30 idle minutes', { personal: true })
  @Column(epoch('seen_at'))
  seenAt: number

  @Purpose('when it was ended before that', { personal: true })
  @Column(epoch('ended_at', { nullable: true }))
  endedAt: number | null
}

/** A page asks for several things at once: the last request is noted to the second. */
const NOTED_MS = SECOND

/** A login that just began. */
export interface OpenedSession {
  readonly id: string
  /** The cookie's value. */
  readonly token: string
  readonly csrf: string
  /** ms UTC. */
  readonly endsAt: number
}

export interface LiveSession {
  readonly session: AdminSessionEntity
  readonly account: AdminAccountEntity
}

/**
 * Follows from the cookie, which no script and no other site can read. So the database stores no CSRF token, and a page
 * that loads again can get the same one.
 */
export const csrfOf = (token: string): string =>
  createHmac('sha256', token).update('sealcard csrf').digest('base64url')

/** Administrators' logins. Every request asks the database: what ends a login ends it for the next request. */
@Injectable()
export class AdminSessions {
  readonly #lastUse: LastUse

  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {
    this.#lastUse = new LastUse(clock)
  }

  async open(manager: EntityManager, accountId: string): Promise<OpenedSession> {
    const token = this.random.bytes(32).toString('base64url')
    const id = this.random.id()
    const now = this.clock.now()
    await manager.insert(AdminSessionEntity, {
      id,
      tokenHash: sha256(token, 'base64url'),
      accountId,
      createdAt: now,
      seenAt: now,
      endedAt: null,
    })
    return { id, token, csrf: csrfOf(token), endsAt: now + ABSOLUTE_MS }
  }

  /** The login of a cookie, if it is live and its account enabled. Notes that it was used, if the storage takes it. */
  async find(token: string | undefined): Promise<LiveSession | null> {
    if (token === undefined || !/^[\w-]{43}$/.test(token)) return null
    const { manager } = this.storage
    const tokenHash = sha256(token, 'base64url')
    const session = await manager.findOneBy(AdminSessionEntity, { tokenHash })
    const now = this.clock.now()
    if (!session || !isLive(session, now)) return null
    const account = await manager.findOneBy(AdminAccountEntity, { id: session.accountId })
    if (!account || account.disabledAt !== null) return null
    if (now - session.seenAt >= NOTED_MS) {
      const still = { id: session.id, endedAt: IsNull(), seenAt: LessThan(now) }
      await this.#lastUse.note(() => manager.update(AdminSessionEntity, still, { seenAt: now }))
    }
    return { session, account }
  }

  /** Live ones of an account, the latest first. */
  async live(accountId: string): Promise<AdminSessionEntity[]> {
    const where = { accountId, endedAt: IsNull() }
    const order = { createdAt: 'DESC', id: 'DESC' } as const
    const rows = await this.storage.manager.find(AdminSessionEntity, { where, order })
    const now = this.clock.now()
    return rows.filter((row) => isLive(row, now))
  }

  /** @returns whether it was live until now */
  async end(manager: EntityManager, id: string): Promise<boolean> {
    return (await this.#end(manager, { id })) === 1
  }

  /** @returns how many were live until now */
  endAll(manager: EntityManager, accountId: string): Promise<number> {
    return this.#end(manager, { accountId })
  }

  async #end(manager: EntityManager, which: { id: string } | { accountId: string }) {
    const live = { ...which, endedAt: IsNull() }
    const { affected } = await manager.update(AdminSessionEntity, live, {
      endedAt: this.clock.now(),
    })
    return affected ?? 0
  }
}

const isLive = ({ endedAt, createdAt, seenAt }: AdminSessionEntity, now: number): boolean =>
  endedAt === null &&
  now < createdAt + ABSOLUTE_MS &&
  now < seenAt + IDLE_MS &&
  Math.max(createdAt, seenAt) <= now + AHEAD_MS
