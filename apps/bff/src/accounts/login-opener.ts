import { Inject, Injectable } from '@nestjs/common'
import { IsNull, LessThan } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { AdminAccountEntity } from './admin-account.entity.js'
import { reasonFrom } from './admin-audit-entry.js'
import { AdminSessions, type OpenedSession } from './admin-sessions.js'
import { PasswordHasher } from './password-hasher.js'

/** Opens the session of a login that was judged right. */
@Injectable()
export class LoginOpener {
  constructor(
    private readonly sessions: AdminSessions,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The judgement must still hold when the login is written, in one update: the account is enabled, the password the
   * same, and the code not used by another request.
   * @param step of the second factor, to be used up
   * @param before the cookie of the session that this one replaces
   * @returns null when it does not hold
   */
  async open(
    account: AdminAccountEntity,
    password: string,
    step: number,
    { address, session: before }: { address: string; session?: string | undefined },
  ): Promise<OpenedSession | null> {
    const { id, passwordHash, sealedTotp } = account
    if (passwordHash === null) return null
    const anew = this.hasher.outdated(passwordHash)
      ? { passwordHash: await this.hasher.hash(password) }
      : {}
    const replaced = await this.sessions.find(before)
    return this.audit.transact(async ({ manager, record }) => {
      const now = this.clock.now()
      const code = sealedTotp === null ? { sealedTotp: IsNull() } : { totpStep: LessThan(step) }
      const used = sealedTotp === null ? {} : { totpStep: step }
      const still = { id, passwordHash, disabledAt: IsNull(), ...code }
      const { affected } = await manager.update(AdminAccountEntity, still, {
        lastLoginAt: now,
        ...used,
        ...anew,
      })
      if (affected !== 1) return null
      if (replaced) await this.sessions.end(manager, replaced.session.id)
      const session = await this.sessions.open(manager, id)
      record({
        kind: 'admin.login',
        actor: `admin:${id}`,
        subject: session.id,
        decision: 'done',
        reason: reasonFrom(address),
      })
      return session
    })
  }
}
