import { Inject, Injectable } from '@nestjs/common'
import type { ChangeMe, Me } from '@sealcard/protocol'
import { type ActLimit, waitOf } from '../../audit/act-limit.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { HOUR } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { typedName } from '../../http/parsing/typed-name.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { NamePolicy } from './name-policy.js'
import { NameStore } from './name-store.js'
import { ViewerViews } from './viewer-views.js'

/** A person who changes their name with each opening would be many people in the roster. */
const CHANGES: ActLimit = { kind: 'person.name', most: 60, ms: HOUR }

/** What a member is called, for themselves. */
@Injectable()
export class OwnName {
  constructor(
    private readonly policy: NamePolicy,
    private readonly names: NameStore,
    private readonly views: ViewerViews,
    private readonly viewers: ViewerRepository,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read({ viewerId, app }: Principal): Promise<Me> {
    const { id, name, code } = await this.views.of(viewerId)
    const shown = name === undefined ? {} : { name }
    return {
      id,
      app: app.id,
      platform: app.platform,
      ...shown,
      nameFrom: this.policy.of(app),
      code,
    }
  }

  /** @throws ApiError ERR_FORBIDDEN where people do not name themselves; ERR_INPUT; ERR_RATE_LIMITED */
  async change(me: Principal, { name: given }: ChangeMe): Promise<Me> {
    if (this.policy.of(me.app) !== 'self') throw new ApiError('ERR_FORBIDDEN')
    const name = given === null ? null : typedName('name', given)
    const before = (await this.views.of(me.viewerId)).name ?? null
    if (name !== before) await this.#put(me, name)
    return this.read(me)
  }

  /** The audit knows that there was a change, and neither name. */
  async #put({ viewerId, network }: Principal, name: string | null): Promise<void> {
    const wait = await this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, viewerId)
      const wait = await waitOf(manager, viewerId, CHANGES, this.clock.now())
      if (wait > 0) return wait
      await this.names.putWithin(manager, viewerId, name, 'self')
      const reason = network ? `network=${network}` : ''
      record({ kind: 'person.name', actor: viewerId, subject: viewerId, decision: 'done', reason })
      return 0
    })
    if (wait > 0) throw new ApiError('ERR_RATE_LIMITED', { retryAfter: wait / 1000 })
  }
}
