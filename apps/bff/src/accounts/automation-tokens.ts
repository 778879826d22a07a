import { Inject, Injectable } from '@nestjs/common'
import type { CreateAutomationToken } from '@sealcard/protocol'
import { DataSource, IsNull, LessThanOrEqual } from 'typeorm'
import { AuditLog } from '../audit/audit-log.js'
import { sha256 } from '../core/crypto/digest.js'
import { CONFIG, type Config } from '../core/config/config.js'
import { ApiError, inputError } from '../core/errors/api-error.js'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { DAY, MINUTE } from '../core/time.js'
import { LastUse } from '../database/last-use.js'
import { adminAuditEntry } from './admin-audit-entry.js'
import { AutomationTokenEntity } from './automation-token.entity.js'
import { type Actor, IssuedAccess } from './issued-access.js'

/** So that a token that lies somewhere by mistake is recognised by secret scanners, and by people. */
const PREFIX = 'sct_'
const LONGEST_MS = 366 * DAY
/** The last use is noted so often, not at each. */
const NOTED_MS = MINUTE

/** Bearer tokens for machines: 256 bits, kept as SHA-256, with a role and an end. */
@Injectable()
export class AutomationTokens {
  readonly #lastUse: LastUse

  constructor(
    private readonly storage: DataSource,
    private readonly issued: IssuedAccess,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
    @Inject(CONFIG) private readonly config: Pick<Config, 'apps'>,
  ) {
    this.#lastUse = new LastUse(clock)
  }

  /** Newest first. */
  list(): Promise<AutomationTokenEntity[]> {
    const order = { createdAt: 'DESC', id: 'DESC' } as const
    return this.storage.manager.find(AutomationTokenEntity, { order })
  }

  /** @returns the token, this once @throws ApiError ERR_INPUT naming `expiresAt` or `app` */
  async create({ name, role, app, expiresAt: end, reason }: CreateAutomationToken, by: Actor) {
    const now = this.clock.now()
    const expiresAt = Date.parse(end)
    if (expiresAt <= now) throw inputError('expiresAt', 'is over')
    if (expiresAt - now > LONGEST_MS) throw inputError('expiresAt', 'is more than 366 days away')
    if (app !== undefined && !this.config.apps.some(({ id }) => id === app))
      throw inputError('app', 'is not the id of an app in the configuration')
    const token = `${PREFIX}${this.random.bytes(32).toString('base64url')}`
    const row: AutomationTokenEntity = {
      id: this.random.id(),
      name,
      tokenHash: sha256(token, 'base64url'),
      role,
      appId: app ?? null,
      createdAt: now,
      createdBy: by.actor,
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    }
    await this.audit.transact(async ({ manager, record }) => {
      await this.issued.holdGiver(manager, by)
      await manager.insert(AutomationTokenEntity, row)
      const why = [
        `role=${role}`,
        ...(app ? [`app=${app}`] : []),
        ...(reason ? [reason] : []),
      ].join(' ')
      record(adminAuditEntry(by, { kind: 'token.create', subject: row.id, why }))
    })
    return { row, token }
  }

  /** Again is the same. @throws ApiError ERR_NOT_FOUND */
  revoke(id: string, by: Actor, why?: string): Promise<AutomationTokenEntity> {
    return this.audit.transact(async ({ manager, record }) => {
      const live = { id, revokedAt: IsNull() }
      const gone = { revokedAt: this.clock.now() }
      const { affected } = await manager.update(AutomationTokenEntity, live, gone)
      if (affected === 1) record(adminAuditEntry(by, { kind: 'token.revoke', subject: id, why }))
      const row = await manager.findOneBy(AutomationTokenEntity, { id })
      if (!row) throw new ApiError('ERR_NOT_FOUND')
      return row
    })
  }

  /** The live token that was sent, or null. Notes that it was used, if the storage takes it. */
  async find(token: string): Promise<AutomationTokenEntity | null> {
    if (!/^sct_[\w-]{43}$/.test(token)) return null
    const tokenHash = sha256(token, 'base64url')
    const row = await this.storage.manager.findOneBy(AutomationTokenEntity, { tokenHash })
    const now = this.clock.now()
    if (!row || row.revokedAt !== null || now >= row.expiresAt) return null
    if (row.lastUsedAt === null || now - row.lastUsedAt >= NOTED_MS) await this.#note(row, now)
    return row
  }

  /** One of many requests at the same moment does it. */
  #note({ id, lastUsedAt }: AutomationTokenEntity, now: number): Promise<void> {
    const before = lastUsedAt === null ? IsNull() : LessThanOrEqual(lastUsedAt)
    const where = { id, lastUsedAt: before }
    const { manager } = this.storage
    return this.#lastUse.note(() =>
      manager.update(AutomationTokenEntity, where, { lastUsedAt: now }),
    )
  }
}
