import { Body, Inject, Injectable, Param, Post } from '@nestjs/common'
import { Offboard, Offboarded } from '@sealcard/protocol'
import { type EntityManager, IsNull, MoreThan } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal, allows } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { PersonService } from '../../lifecycle/person.service.js'
import { CardEntity, CardViewerEntity } from '../../members/cards/card.entity.js'
import { SessionEntity } from '../../members/sessions/session.entity.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import { CardRevocation, endSessions } from '../revocations/revocations.js'
import { ViewerLookup } from '../revocations/viewer-lookup.js'
import { setBlocked } from './block.js'

/** Who offboards, and from where. */
type By = Pick<AdminPrincipal, 'actor' | 'address'>

/** A person leaves: sessions end, and what the administrator chose happens. */
@Injectable()
export class Offboarding {
  constructor(
    private readonly known: ViewerLookup,
    private readonly viewers: ViewerRepository,
    private readonly cards: CardRevocation,
    private readonly people: PersonService,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * First the sessions end and the block begins, with the one audit entry that has the reason. Then the cards are revoked,
   * some in each transaction, so that openings do not wait. A call that was cut off is repeated: it does the rest.
   * @throws ApiError ERR_NOT_FOUND
   */
  async run(by: By, viewer: string, asked: Offboard): Promise<Offboarded> {
    const { id, why } = await this.known.find(viewer, asked.reason)
    const { dryRun = false, block = false, erase = false } = asked
    const revokeCards = asked.revokeCards === true || erase
    if (dryRun) {
      const counts = await this.audit.transact(({ manager }) =>
        this.#count(manager, id, revokeCards),
      )
      const blocked = counts.blocked || block
      const erased = erase ? { erased: await this.people.count(id) } : {}
      return { dryRun, ...counts, blocked, ...erased }
    }
    const begun = await this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, id)
      const counts = await this.#count(manager, id, revokeCards)
      const sessions = await endSessions(manager, id, this.clock.now())
      if (block) await setBlocked(manager, id, this.clock.now())
      const chosen = Object.entries({ revokeCards, block, erase }).filter(([, yes]) => yes)
      const acts = chosen.map(([name]) => `${name} `).join('')
      const told = `sessions=${sessions} cards=${counts.cards} ${acts}${why}`
      record(adminAuditEntry(by, { kind: 'viewer.offboard', subject: id, why: told }))
      return { ...counts, sessions, blocked: counts.blocked || block }
    })
    const cards = revokeCards ? await this.cards.batches(by, id, 'offboarding') : 0
    const done = { dryRun, ...begun, cards }
    if (!erase) return done
    const act = adminAuditEntry(by, { kind: 'person.erase', subject: id, why: 'offboarding' })
    const erased = await this.people.erase({ id }, act)
    return { ...done, erased: { ...erased } }
  }

  async #count(manager: EntityManager, id: string, revokeCards: boolean) {
    const now = this.clock.now()
    const live = { viewerId: id, endedAt: IsNull(), expiresAt: MoreThan(now) }
    const row = await manager.findOneBy(ViewerEntity, { id })
    const own = { ownerId: id, revokedAt: IsNull() }
    return {
      sessions: await manager.countBy(SessionEntity, live),
      cards: revokeCards ? await manager.countBy(CardEntity, own) : 0,
      received: await manager.countBy(CardViewerEntity, { viewerId: id }),
      blocked: (row?.blockedAt ?? null) !== null,
    }
  }
}

@Administrators()
export class OffboardController {
  constructor(private readonly offboarding: Offboarding) {}

  /** `erase` needs the permission `manage`. */
  @Post('viewers/:viewerId/offboard')
  @Rule('revoke')
  @Answers(200, Offboarded)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  offboard(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Body(valid(Offboard)) body: Offboard,
  ): Promise<Offboarded> {
    if (body.erase && !allows(by.role, 'manage')) throw new ApiError('ERR_FORBIDDEN')
    return this.offboarding.run(by, viewerId, body)
  }
}
