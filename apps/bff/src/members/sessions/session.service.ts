import { Inject, Injectable } from '@nestjs/common'
import type { CreateSession, Session } from '@sealcard/protocol'
import { AuditLog, type AuditedTransaction } from '../../audit/audit-log.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { sha256 } from '../../core/crypto/digest.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { MINUTE, wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { AddressLimits } from '../../http/limits/address-limits.js'
import { Apps } from '../../platforms/apps/apps.service.js'
import { LoginRejected } from '../../platforms/calls/platform-error.js'
import { PlatformClients } from '../../platforms/registry/platforms.js'
import { SESSION_MS } from './session.entity.js'
import { SessionRepository } from './session.repository.js'
import { ViewerKeysRepository } from './viewer-keys.repository.js'
import { ViewerRepository } from './viewer.repository.js'

@Injectable()
export class SessionService {
  constructor(
    private readonly apps: Apps,
    private readonly platforms: PlatformClients,
    private readonly viewers: ViewerRepository,
    private readonly keys: ViewerKeysRepository,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
    private readonly limits: AddressLimits,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * @param ip the caller's address
   * @throws ApiError ERR_NOT_FOUND (app), ERR_RATE_LIMITED; LoginRejected; PlatformUnreachable
   */
  async open({ app: appId, code }: CreateSession, ip: string): Promise<Session> {
    const app = this.apps.find(appId)
    // An address may be many people's: what nobody can log in to costs none of them a login.
    if (!app) throw new ApiError('ERR_NOT_FOUND')
    const noLogin = this.limits.login(ip)
    const exchanged = await this.platforms
      .of(app)
      .exchangeCode(app, code)
      .catch((error: unknown) => {
        if (!(error instanceof LoginRejected)) noLogin()
        throw error
      })
    const viewerId = await this.viewers.idOf(app, exchanged.viewerKey)
    const token = this.random.bytes(32).toString('base64url')
    const now = this.clock.now()
    const retryAfter = await this.audit.transact(async (transaction) => {
      const { manager } = transaction
      await this.viewers.lock(manager, viewerId)
      // Even when no session comes of it: the exchange has made this the key that the viewer's proofs are under.
      await this.keys.take(manager, viewerId, exchanged.sessionKey)
      const wait = await this.#wait(transaction, viewerId, now)
      if (wait > 0) return wait
      const id = this.random.id()
      const tokenHash = sha256(token, 'base64url')
      const expiresAt = now + SESSION_MS
      await this.sessions.insert(manager, {
        id,
        tokenHash,
        viewerId,
        appId,
        createdAt: now,
        expiresAt,
        endedAt: null,
      })
      transaction.record({ kind: 'session.open', actor: viewerId, subject: id, decision: 'done' })
      return 0
    })
    if (retryAfter > 0) throw new ApiError('ERR_RATE_LIMITED', { retryAfter })
    return { token, expiresAt: wireTime(now + SESSION_MS), viewer: { id: viewerId } }
  }

  async end({ sessionId, viewerId }: Principal): Promise<void> {
    await this.audit.transact(async ({ manager, record }) => {
      if (await this.sessions.end(manager, sessionId)) {
        record({ kind: 'session.end', actor: viewerId, subject: sessionId, decision: 'done' })
      }
    })
  }

  /** Seconds until this viewer may log in again; 0 is now. Counted in the database, so a restart forgets nothing. */
  async #wait(
    { manager, record }: AuditedTransaction,
    viewerId: string,
    now: number,
  ): Promise<number> {
    const limit = this.config.limits.loginsPerPersonPerMinute
    // Later ones were made while a clock was ahead: they would keep somebody out until it is that late.
    const around = [now - MINUTE, now + MINUTE] as const
    const logins = await this.sessions.loginsBetween(manager, viewerId, around, limit)
    const oldest = logins[limit - 1]
    if (oldest === undefined) return 0
    record({
      kind: 'session.open',
      actor: viewerId,
      subject: viewerId,
      decision: 'refused',
      reason: 'rate_limited',
    })
    return (oldest + MINUTE - now) / 1000
  }
}
