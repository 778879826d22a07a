import { createHmac } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, IsNull, LessThan } from 'typeorm'
import { sha256 } from '../core/crypto/digest.js'
import { type Clock, CLOCK } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { SECOND } from '../core/time.js'
import { LastUse } from '../database/last-use.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { ABSOLUTE_MS, AdminSessionEntity, AHEAD_MS, IDLE_MS } from './admin-session.entity.js'

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
