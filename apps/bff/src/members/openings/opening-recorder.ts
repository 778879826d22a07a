import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import type { AuditedTransaction } from '../../audit/audit-log.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import type { Principal } from '../../http/access/principals.js'
import { OnceAMinute } from '../../http/limits/once-a-minute.js'
import { CardEntity } from '../cards/card.entity.js'
import type { Facts, Refused } from '../cards/decide.js'
import { SessionRepository } from '../sessions/session.repository.js'
import type { OpeningEntity } from './opening.entity.js'
import { OpeningRepository } from './opening.repository.js'
import type { Evidence } from './proof-verifier.js'
import type { Rejections } from './rejection-limits.js'

/** Writes down what was decided: the opening, the use of the proof, the owner's counts, the audit entry. */
@Injectable()
export class OpeningRecorder {
  /** People who were told to wait. */
  readonly #limited = new OnceAMinute()
  /** Proofs that were sent, and what became of them. */
  readonly #sent = new OnceAMinute()
  /** People whom the platform denied a share, and which. */
  readonly #denied = new OnceAMinute()

  constructor(
    private readonly openings: OpeningRepository,
    private readonly sessions: SessionRepository,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  async granted(
    { manager, record }: AuditedTransaction,
    me: Principal,
    evidence: Evidence,
    card: CardEntity,
    now: number,
  ): Promise<OpeningEntity> {
    const opening: OpeningEntity = {
      id: this.random.id(),
      shareId: evidence.share.id,
      cardId: card.id,
      viewerId: me.viewerId,
      sessionId: me.sessionId,
      outcome: 'granted',
      reason: null,
      at: now,
    }
    await this.openings.insert(manager, opening)
    await this.#use(manager, evidence, opening)
    record({
      kind: 'opening',
      actor: me.viewerId,
      subject: evidence.share.id,
      decision: 'granted',
      reason: whyAndWhere(me),
    })
    return opening
  }

  /** Told once a minute. */
  resent(
    { record }: AuditedTransaction,
    me: Principal,
    evidence: Evidence,
    opening: OpeningEntity,
    now: number,
  ): void {
    if (!this.#sent.allows(`granted ${opening.id}`, now, evidence)) return
    const subject = opening.shareId ?? opening.id
    const reason = whyAndWhere(me, 'resent')
    record({ kind: 'opening', actor: me.viewerId, subject, decision: 'granted', reason })
  }

  /** Not weighed at all: no opening, and nothing of the card's. One a minute is told, so that a flood fills no disk. */
  limited({ record }: AuditedTransaction, me: Principal, evidence: Evidence, now: number): void {
    if (!this.#limited.allows(me.viewerId, now, evidence)) return
    record(refusal(me, evidence, whyAndWhere(me, 'rate_limited')))
  }

  /**
   * Every refusal before the proof holds writes the same rows; the card's counter of a card that is not there, too. What
   * the platform itself denied is counted for the card's owner each time, and told once a minute: it costs the person
   * nothing, so nothing else would bound it.
   */
  async refused(
    { manager, record }: AuditedTransaction,
    me: Principal,
    evidence: Evidence,
    { reason, proven }: Refused,
    proof: Facts['proof'],
    rejections: Rejections,
    now: number,
  ): Promise<void> {
    if (reason === 'session_not_live') {
      // Not an attempt on a card: the guard would have answered it had it come a moment later.
      if (rejections.sessionSpent && (await this.sessions.end(manager, me.sessionId))) {
        this.#lockedOut(record, me)
      }
      return
    }
    // A proof that is sent again within its minute counts once: only the audit hears of it, once a minute.
    if (proof === 'resent' && proven) {
      if (this.#sent.allows(`refused ${evidence.digest}`, now, evidence)) {
        record(refusal(me, evidence, whyAndWhere(me, reason)))
      }
      return
    }
    await manager.increment(CardEntity, { id: evidence.share.cardId }, 'refusedCount', 1)
    const denied = reason === 'no_proof'
    if (denied && !this.#denied.allows(`${me.viewerId} ${evidence.asked}`, now, evidence)) return
    const opening: OpeningEntity = {
      id: this.random.id(),
      shareId: evidence.shareInApp ? evidence.share.id : null,
      cardId: evidence.shareInApp ? evidence.share.cardId : null,
      viewerId: me.viewerId,
      sessionId: me.sessionId,
      outcome: proven ? 'refused' : 'rejected',
      reason,
      at: now,
    }
    await this.openings.insert(manager, opening)
    if (proven && proof === 'new') await this.#use(manager, evidence, opening)
    record(refusal(me, evidence, whyAndWhere(me, reason)))
    if (proven || denied || !rejections.sessionAtLast) return
    if (await this.sessions.end(manager, me.sessionId)) this.#lockedOut(record, me)
  }

  #lockedOut(record: AuditedTransaction['record'], { viewerId, sessionId }: Principal): void {
    record({
      kind: 'session.end',
      actor: viewerId,
      subject: sessionId,
      decision: 'refused',
      reason: 'rejected_proofs',
    })
  }

  #use(manager: EntityManager, { digest, share }: Evidence, opening: OpeningEntity) {
    return this.openings.claimProof(manager, {
      digest,
      openingId: opening.id,
      usedAt: opening.at,
      expiresAt: share.verifyUntil,
    })
  }
}

const refusal = (me: Principal, { share }: Evidence, reason: string) => ({
  kind: 'opening',
  actor: me.viewerId,
  subject: share.id,
  decision: 'refused' as const,
  reason,
})

/** E.g. `proof_used network=203.0.113.0/24`: why, and from where. */
const whyAndWhere = ({ network }: Principal, why?: string): string =>
  [...(why === undefined ? [] : [why]), ...(network ? [`network=${network}`] : [])].join(' ')
