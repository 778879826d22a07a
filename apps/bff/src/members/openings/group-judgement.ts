import type { About, Fact } from '../../audit/audit.entities.js'
import type { Config } from '../../core/config/config.js'
import { DomainError } from '../../core/errors/domain-error.js'
import { HOUR, MINUTE } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import type { Content } from '../cards/card-content.js'
import {
  decide,
  type Facts,
  type Granted,
  type Reason,
  type Refused,
  type RefusalCode,
} from '../cards/decide.js'
import { isLive } from '../sessions/session.repository.js'
import { GroupChanges } from './group-changes.js'
import {
  type Attempt,
  type CardState,
  type GroupState,
  type PersonState,
  type SessionState,
  type UsedOpening,
  viewKey,
} from './group-state.js'
import type { OpeningEntity } from './opening.entity.js'
import type { Evidence } from './proof-verifier.js'
import type { TransactionThrottle } from './audit-throttle.js'

/** How long the viewer who used a proof may send it again, for an answer that got lost; from any session of theirs. */
export const RESEND_MS = MINUTE
/** How long a rejected proof counts against the session it came in, and against the person. */
export const SESSION_WINDOW_MS = 10 * MINUTE
export const PERSON_WINDOW_MS = HOUR
/** In which a person's openings are counted. */
export const OPENINGS_WINDOW_MS = MINUTE

export type OpeningResult =
  | {
      kind: 'granted'
      opening: Pick<OpeningEntity, 'id' | 'at'>
      card: Pick<CardState, 'id' | 'policy' | 'ownerId'>
      content: Content
      reading: Reading
    }
  | {
      kind: 'peeked'
      card: Pick<CardState, 'policy' | 'ownerId'>
      title: string
      reading: Reading
    }
  | { kind: 'own'; cardId: string }
  | { kind: 'refused'; code: RefusalCode; reason: Reason; limit?: 'opens' | 'viewers' }
  | { kind: 'limited'; retryAfter: number }

/** What remains of the reader's right to read. */
export interface Reading {
  /** Milliseconds UTC. */
  readonly until: number
  /** Absent: no limit. */
  readonly opensLeft?: number
}

export type OpeningLimits = Pick<
  Config['limits'],
  'rejectedProofsPerSession' | 'rejectedProofsPerPersonPerHour' | 'openingsPerPersonPerMinute'
>

export interface JudgementTools {
  readonly limits: OpeningLimits
  readonly throttle: TransactionThrottle
  /** @throws when the content does not open */
  readonly release: (grant: Granted, card: CardState) => Content
  readonly newId: () => string
}

/**
 * Judges the members of a group, one after another. Pure: it takes what the database holds and gathers what is to be
 * written. What one member changes, the next one finds.
 */
export class GroupJudgement {
  readonly changes = new GroupChanges()

  /** @param now of the whole group, ms UTC, taken when its rows were held */
  constructor(
    private readonly state: GroupState,
    private readonly now: number,
    private readonly tools: JudgementTools,
  ) {}

  /**
   * What it throws changed nothing.
   * @throws DomainError ERR_SESSION for an erased person; the error of a content that does not open
   */
  judge(attempt: Attempt): OpeningResult {
    const { me, evidence } = attempt
    const { now } = this
    const person = this.state.people.get(me.viewerId)
    // The person was erased after the guard let the request in: there is no session any more.
    if (!person) throw new DomainError('ERR_SESSION', 'the viewer is erased')
    const session = this.state.sessions.get(me.sessionId) ?? null
    const sessionLive = isLive(session, now) && !this.#isSpent(session)
    const card = this.state.cards.get(evidence.share.cardId)
    // Their own card is no secret from its owner, revoked or not: nothing is weighed, counted, used or recorded.
    if (sessionLive && evidence.shareInApp && card?.ownerId === me.viewerId)
      return { kind: 'own', cardId: card.id }
    const retryAfter = this.#retryAfter(person)
    if (sessionLive && retryAfter > 0) {
      // Not weighed at all: no opening, and nothing of the card's.
      if (this.tools.throttle.limited(me)) this.#refusal(me, evidence, 'rate_limited')
      return { kind: 'limited', retryAfter }
    }
    const used = this.#use(me, evidence)
    const facts: Facts = {
      now,
      sessionLive,
      proofGiven: evidence.proofGiven,
      shareInApp: evidence.shareInApp && card !== undefined,
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
    if (decision.outcome === 'claim' && card)
      decision = decide({ ...facts, claim: this.#mayView(card, me) ? 'won' : 'lost' })
    if (decision.outcome === 'granted' && card && attempt.peek) {
      // Nothing is written: no opening, no view, no used proof.
      const { title } = this.tools.release(decision, card)
      return { kind: 'peeked', card, title, reading: this.#reading(attempt, card) }
    }
    if (decision.outcome === 'granted' && card)
      return this.#granted(attempt, decision, card, used.opening)
    // A claim or a grant without a card cannot be: shareInApp is false then. Unknown is refused.
    if (decision.outcome !== 'refused') throw new TypeError('decided without a card')
    this.#refused(attempt, decision, used.proof, person, session)
    const { code, reason } = decision
    if (code !== 'ERR_VIEW_LIMIT' || !card) return { kind: 'refused', code, reason }
    const read = this.state.views.has(viewKey(card.id, me.viewerId))
    return { kind: 'refused', code, reason, limit: read ? 'opens' : 'viewers' }
  }

  /** Enough rejected proofs in 10 minutes: the session is over. */
  #isSpent({ rejected }: SessionState): boolean {
    return rejected >= this.tools.limits.rejectedProofsPerSession
  }

  /**
   * Seconds until the person may try again; 0 is now. A proof that is sent again waits, too: otherwise the answer to one
   * whose blocks were exchanged would say whether it decrypts.
   */
  #retryAfter(person: PersonState): number {
    const { rejectedProofsPerPersonPerHour, openingsPerPersonPerMinute } = this.tools.limits
    const wait = (since: number | undefined, windowMs: number) =>
      since === undefined ? 0 : (since + windowMs - this.now) / 1000
    const rejected = wait(person.rejected.nth(rejectedProofsPerPersonPerHour), PERSON_WINDOW_MS)
    const opened = wait(person.opened.nth(openingsPerPersonPerMinute), OPENINGS_WINDOW_MS)
    return Math.max(rejected, opened)
  }

  /** What became of the proof before. */
  #use({ viewerId }: Principal, { digest, formerDigest }: Evidence) {
    const { proofs } = this.state
    const proof = proofs.get(digest) ?? proofs.get(formerDigest)
    if (!proof) return { proof: 'new', claim: 'untried', opening: null } as const
    const { opening, usedAt } = proof
    // A clock that was set back further than that must not let an old proof live on.
    if (opening?.viewerId !== viewerId || Math.abs(this.now - usedAt) > RESEND_MS)
      return { proof: 'reused', claim: 'lost', opening: null } as const
    if (opening.outcome !== 'granted')
      return { proof: 'resent', claim: 'lost', opening: null } as const
    return { proof: 'resent', claim: 'held', opening } as const
  }

  /** The card's limits, and what the members before took of them. */
  #mayView(card: CardState, { viewerId }: Principal): boolean {
    const { maxOpensPerViewer = Infinity, maxViewers = Infinity } = card.policy
    const opens = this.state.views.get(viewKey(card.id, viewerId))
    return opens === undefined ? card.viewerCount < maxViewers : opens < maxOpensPerViewer
  }

  #granted(
    attempt: Attempt,
    grant: Granted,
    card: CardState,
    before: UsedOpening | null,
  ): OpeningResult {
    const { me, evidence } = attempt
    // What does not open is not recorded as read, and costs neither the proof nor a view: it comes before any change.
    const content = this.tools.release(grant, card)
    if (before) {
      if (this.tools.throttle.sent(`granted ${before.id}`))
        this.#record(me, before.shareId ?? before.id, 'granted', 'resent')
      return {
        kind: 'granted',
        opening: before,
        card,
        content,
        reading: this.#reading(attempt, card),
      }
    }
    this.#view(card, attempt)
    const opening = this.#opening(attempt, 'granted', null)
    this.#claimProof(evidence, opening)
    this.#record(me, evidence.share.id, 'granted', undefined, aboutOf(attempt, opening))
    return { kind: 'granted', opening, card, content, reading: this.#reading(attempt, card) }
  }

  #reading({ me, evidence }: Attempt, card: CardState): Reading {
    const { maxOpensPerViewer } = card.policy
    const opens = this.state.views.get(viewKey(card.id, me.viewerId)) ?? 0
    return {
      until: Math.min(evidence.share.verifyUntil, card.expiresAt ?? Infinity),
      ...(maxOpensPerViewer !== undefined && { opensLeft: Math.max(0, maxOpensPerViewer - opens) }),
    }
  }

  #view(card: CardState, { me: { viewerId }, evidence: { share } }: Attempt): void {
    const key = viewKey(card.id, viewerId)
    const opens = this.state.views.get(key)
    const view = { cardId: card.id, viewerId, shareId: share.id }
    this.changes.opened(view, opens === undefined, this.now)
    this.state.views.set(key, (opens ?? 0) + 1)
    if (opens === undefined) card.viewerCount += 1
  }

  /**
   * Every refusal before the proof holds writes the same rows, also for a card that is not there. Where the platform
   * denied a proof, the card's owner sees each attempt in the counter. The audit hears of one a minute: such an attempt
   * costs the person nothing, so nothing else bounds it.
   */
  #refused(
    attempt: Attempt,
    { reason, code, proven }: Refused,
    proof: Facts['proof'],
    person: PersonState,
    session: SessionState | null,
  ): void {
    const { me, evidence } = attempt
    const { throttle } = this.tools
    if (reason === 'session_not_live') {
      // Not an attempt on a card: the guard would have answered it had it come a moment later.
      if (session && this.#isSpent(session)) this.#end(session, me)
      return
    }
    // A proof that is sent again within its minute counts once: only the audit hears of it, once a minute.
    if (proof === 'resent' && proven) {
      if (throttle.sent(`refused ${evidence.digest}`)) this.#refusal(me, evidence, reason)
      return
    }
    this.changes.refused(evidence.share.cardId)
    const denied = reason === 'no_proof'
    if (denied && !throttle.denied(me, evidence)) return
    const opening = this.#opening(attempt, proven ? 'refused' : 'rejected', reason)
    if (proven && proof === 'new') this.#claimProof(evidence, opening)
    this.#refusal(me, evidence, reason, proven ? aboutOf(attempt, opening, code) : undefined)
    if (proven || denied) return
    person.rejected.add(this.now)
    if (!session) return
    session.rejected += 1
    if (this.#isSpent(session)) this.#end(session, me)
  }

  /** Rejected proofs have spent it. */
  #end(session: SessionState, { viewerId, sessionId }: Principal): void {
    if (session.endedAt !== null) return
    session.endedAt = this.now
    this.changes.endedSessions.push(sessionId)
    this.changes.facts.push({
      kind: 'session.end',
      actor: viewerId,
      subject: sessionId,
      decision: 'refused',
      reason: 'rejected_proofs',
    })
  }

  #opening(
    { me, evidence: { share, shareInApp } }: Attempt,
    outcome: OpeningEntity['outcome'],
    reason: Reason | null,
  ): OpeningEntity {
    const opening: OpeningEntity = {
      id: this.tools.newId(),
      shareId: shareInApp ? share.id : null,
      cardId: shareInApp ? share.cardId : null,
      viewerId: me.viewerId,
      sessionId: me.sessionId,
      outcome,
      reason,
      at: this.now,
    }
    this.changes.openings.push(opening)
    if (outcome !== 'rejected' || reason === 'no_proof')
      this.state.people.get(me.viewerId)?.opened.add(this.now)
    return opening
  }

  #claimProof({ digest, share }: Evidence, opening: OpeningEntity): void {
    const { id: openingId, at: usedAt } = opening
    this.changes.proofs.push({ digest, openingId, usedAt, expiresAt: share.verifyUntil })
    this.state.proofs.set(digest, { usedAt, opening })
  }

  #refusal(me: Principal, { share }: Evidence, why: string, about?: About): void {
    this.#record(me, share.id, 'refused', why, about)
  }

  /** Its reason is e.g. `proof_used network=203.0.113.0/24`: why, and from where. */
  #record(
    { viewerId, network }: Principal,
    subject: string,
    decision: Fact['decision'],
    why?: string,
    about?: About,
  ): void {
    const reason = [...(why === undefined ? [] : [why]), ...(network ? [`network=${network}`] : [])]
    this.changes.facts.push({
      kind: 'opening',
      actor: viewerId,
      subject,
      decision,
      reason: reason.join(' '),
      ...(about && { about }),
    })
  }
}

/** Only of a proven recipient: nobody else is to hear of an attempt on a card. */
const aboutOf = (
  { me }: Attempt,
  { id, cardId }: Pick<OpeningEntity, 'id' | 'cardId'>,
  code?: RefusalCode,
): About => ({ app: me.app.id, cardId, openingId: id, ...(code && { code }) })
