import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import type { AuditedTransaction } from '../../audit/audit-log.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { MINUTE } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { PersonLimits } from '../../http/limits/person-limits.js'
import { CardContent, type Content } from '../cards/card-content.js'
import type { CardEntity } from '../cards/card.entity.js'
import { CardRepository } from '../cards/card.repository.js'
import { decide, type Facts, type Reason, type RefusalCode } from '../cards/decide.js'
import { isLive, SessionRepository } from '../sessions/session.repository.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { OpeningRecorder } from './opening-recorder.js'
import type { OpeningEntity } from './opening.entity.js'
import { OpeningRepository } from './opening.repository.js'
import type { Evidence } from './proof-verifier.js'
import { RejectionLimits } from './rejection-limits.js'
import { ViewClaim } from './view-claim.js'

/** How long the viewer who used a proof may send it again, for an answer that got lost; from any session of theirs. */
export const RESEND_MS = MINUTE

export type OpeningResult =
  | {
      kind: 'granted'
      opening: Pick<OpeningEntity, 'id' | 'at'>
      card: CardEntity
      content: Content
    }
  | { kind: 'own'; cardId: string }
  | { kind: 'refused'; code: RefusalCode; reason: Reason }
  | { kind: 'limited'; retryAfter: number }

/**
 * Gathers what may change, decides, and records: all in one transaction, so that a revocation, a second use of the
 * proof or a lockout counts from the moment it is committed.
 */
@Injectable()
export class OpeningDecider {
  constructor(
    private readonly viewers: ViewerRepository,
    private readonly sessions: SessionRepository,
    private readonly cards: CardRepository,
    private readonly openings: OpeningRepository,
    private readonly limits: RejectionLimits,
    private readonly personLimits: PersonLimits,
    private readonly claim: ViewClaim,
    private readonly recorder: OpeningRecorder,
    private readonly content: CardContent,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async decide(
    transaction: AuditedTransaction,
    me: Principal,
    evidence: Evidence,
  ): Promise<OpeningResult> {
    const { manager } = transaction
    await this.viewers.lock(manager, me.viewerId)
    // Not before: the lock may be waited for, and what ended meanwhile has ended.
    const now = this.clock.now()
    const session = await this.sessions.find(manager, me.sessionId)
    const rejections = await this.limits.read(manager, me, now)
    const tooMany = await this.personLimits.wait('openings', me.viewerId, (between, n) =>
      this.openings.nthMade(manager, me.viewerId, between, n),
    )
    const card = await this.cards.find(evidence.share.cardId, manager)
    const used = await this.#use(manager, me, evidence, now)
    const sessionLive = isLive(session, now) && !rejections.sessionSpent
    // Their own card is no secret from its owner, revoked or not: nothing is weighed, counted, used or recorded.
    if (sessionLive && evidence.shareInApp && card?.ownerId === me.viewerId) {
      return { kind: 'own', cardId: card.id }
    }
    // What is sent again makes nothing, and is not counted.
    const retryAfter = Math.max(rejections.retryAfter, used.proof === 'resent' ? 0 : tooMany)
    if (sessionLive && retryAfter > 0) {
      this.recorder.limited(transaction, me, evidence, now)
      return { kind: 'limited', retryAfter }
    }
    const facts: Facts = {
      now,
      sessionLive,
      proofGiven: evidence.proofGiven,
      shareInApp: evidence.shareInApp && card !== null,
      proofOpened: evidence.proofOpened,
      valueMatches: evidence.valueMatches,
      receiver: evidence.receiver,
      proof: used.proof,
      verifyUntil: evidence.share.verifyUntil,
      revokedAt: card?.revokedAt ?? null,
      expiresAt: card?.expiresAt ?? null,
      claim: used.claim,
    }
    let decision = decide(facts)
    if (decision.outcome === 'claim' && card) {
      const won = await this.claim.take(manager, card, me.viewerId, now)
      decision = decide({ ...facts, claim: won ? 'won' : 'lost' })
    }
    if (decision.outcome === 'granted' && card) {
      // What does not open is not recorded as read, and costs neither the proof nor a view.
      const content = this.content.release(decision, card)
      const opening =
        used.opening ?? (await this.recorder.granted(transaction, me, evidence, card, now))
      if (used.opening) this.recorder.resent(transaction, me, evidence, used.opening, now)
      return { kind: 'granted', opening, card, content }
    }
    // A claim or a grant without a card cannot be: shareInApp is false then. Unknown is refused.
    if (decision.outcome !== 'refused') throw new TypeError('decided without a card')
    await this.recorder.refused(transaction, me, evidence, decision, used.proof, rejections, now)
    return { kind: 'refused', code: decision.code, reason: decision.reason }
  }

  /** What became of the proof before. */
  async #use(
    manager: EntityManager,
    me: Principal,
    { digest, formerDigest }: Evidence,
    now: number,
  ) {
    const proof = await this.openings.findProof(manager, [digest, formerDigest])
    const opening = await this.openings.find(proof?.openingId ?? digest, manager)
    if (!proof) return { proof: 'new', claim: 'untried', opening: null } as const
    const mine = opening !== null && opening.viewerId === me.viewerId
    // A clock that was set back further than that must not let an old proof live on.
    if (!mine || Math.abs(now - proof.usedAt) > RESEND_MS)
      return { proof: 'reused', claim: 'lost', opening: null } as const
    if (opening.outcome !== 'granted')
      return { proof: 'resent', claim: 'lost', opening: null } as const
    return { proof: 'resent', claim: 'held', opening } as const
  }
}
