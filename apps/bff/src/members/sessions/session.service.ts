import { Inject, Injectable } from '@nestjs/common'
import type { CreateSession, Session } from '@sealcard/protocol'
import { AuditLog } from '../../audit/audit-log.js'
import { sha256 } from '../../core/crypto/digest.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { LoginExchange } from './login-exchange.js'
import { LoginLimit } from './login-limit.js'
import { SESSION_MS } from './session.entity.js'
import { SessionRepository } from './session.repository.js'
import { ViewerKeysRepository } from './viewer-keys.repository.js'
import { ViewerRepository } from './viewer.repository.js'

@Injectable()
export class SessionService {
  constructor(
    private readonly logins: LoginExchange,
    private readonly limit: LoginLimit,
    private readonly viewers: ViewerRepository,
    private readonly keys: ViewerKeysRepository,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * @param ip the caller's address
   * @throws ApiError ERR_NOT_FOUND (app), ERR_RATE_LIMITED; LoginRejected; PlatformError, PlatformUnreachable
   */
  async open(login: CreateSession, ip: string): Promise<Session> {
    const { app, viewerKey, sessionKey } = await this.logins.exchange(login, ip)
    const viewerId = await this.viewers.idOf(app, viewerKey)
    const token = this.random.bytes(32).toString('base64url')
    const now = this.clock.now()
    const retryAfter = await this.audit.transact(async (transaction) => {
      const { manager } = transaction
      await this.viewers.lock(manager, viewerId)
      // Also without a session: since the exchange, the viewer's proofs are under this key.
      await this.keys.take(manager, viewerId, sessionKey)
      const wait = await this.limit.wait(transaction, viewerId, now)
      if (wait > 0) return wait
      const id = this.random.id()
      await this.sessions.insert(manager, {
        id,
        tokenHash: sha256(token, 'base64url'),
        viewerId,
        appId: app.id,
        createdAt: now,
        expiresAt: now + SESSION_MS,
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
}
