import type { ErrorCode, Opening, OwnCard, Policy } from '@sealcard/protocol'
import type { Principal } from '../../src/http/access/principals.js'
import { asApiError } from '../../src/http/problems/problem.js'
import { CardService } from '../../src/members/cards/card.service.js'
import { CreateCardService } from '../../src/members/cards/create-card.js'
import { decide, type Facts } from '../../src/members/cards/decide.js'
import { OpeningService } from '../../src/members/openings/opening.service.js'
import { ProofVerifier } from '../../src/members/openings/proof-verifier.js'
import { SessionIdentity } from '../../src/members/sessions/session-identity.js'
import { SessionService } from '../../src/members/sessions/session.service.js'
import { ShareService } from '../../src/members/shares/share.service.js'
import type { Proof } from '../../src/platforms/registry/platform.js'
import { WECHAT } from './config.js'
import { key } from './proofs.js'
import type { TestApp } from './test-app.js'

export type Outcome =
  | { readonly opening: Opening; readonly code?: never; readonly owner?: never }
  | { readonly owner: OwnCard['owner']; readonly code?: never; readonly opening?: never }
  | { readonly code: ErrorCode; readonly opening?: never; readonly owner?: never }

/** All that could speak for a grant, where the proof itself is to be the only thing against it. */
type Weighed = 'proofGiven' | 'shareInApp' | 'proofOpened' | 'valueMatches' | 'receiver'
const WELCOME: Omit<Facts, Weighed | 'proof'> = {
  now: 0,
  sessionLive: true,
  verifyUntil: 1,
  revokedAt: null,
  expiresAt: null,
  claim: 'won',
}

/** What members' requests reach behind HTTP: thousands of attempts would spend their time in parsing them. */
export class Members {
  readonly #sessions: SessionService
  readonly #guard: SessionIdentity
  readonly #openings: OpeningService
  readonly #evidence: ProofVerifier
  readonly #cards: CreateCardService
  readonly #owned: CardService
  readonly #shares: ShareService

  constructor({ nest }: TestApp) {
    this.#sessions = nest.get(SessionService, { strict: false })
    this.#guard = nest.get(SessionIdentity, { strict: false })
    this.#openings = nest.get(OpeningService, { strict: false })
    this.#evidence = nest.get(ProofVerifier, { strict: false })
    this.#cards = nest.get(CreateCardService, { strict: false })
    this.#owned = nest.get(CardService, { strict: false })
    this.#shares = nest.get(ShareService, { strict: false })
  }

  /** @param code what the platform's login answered @returns the bearer token */
  async exchange(app: string, code: string): Promise<string> {
    return (await this.#sessions.open({ app, code }, '127.0.0.1')).token
  }

  /** As the guard of every member's route does. @throws ApiError ERR_SESSION */
  principal(token: string): Promise<Principal> {
    return this.#guard.authenticate(`Bearer ${token}`)
  }

  /** A person of the platform in memory; their key there is `key(keyName)`. */
  async login(person: string, app = WECHAT, keyName = person): Promise<Principal> {
    return this.principal(await this.exchange(app, `${person}|${key(keyName)}`))
  }

  /** A card of the member's, and a share of it. */
  async share(me: Principal, policy: Policy = {}) {
    const card = await this.#cards.create(
      me,
      { title: 'Title', body: 'The secret', policy },
      undefined,
    )
    const share = await this.#shares.obtain(me, card.id)
    return { cardId: card.id, share }
  }

  async revoke(me: Principal, cardId: string): Promise<void> {
    await this.#owned.revoke(me, cardId)
  }

  async open(me: Principal, shareId: string, proof: Proof): Promise<Outcome> {
    try {
      const answer = await this.#openings.open(me, shareId, proof)
      if ('peek' in answer) throw new TypeError('nobody peeks here')
      return 'owner' in answer ? answer : { opening: answer }
    } catch (error) {
      return { code: asApiError(error).code }
    }
  }

  /** What a used proof is remembered by. */
  async nameOf(me: Principal, shareId: string, proof: Proof): Promise<string> {
    return (await this.#evidence.verify(me, shareId, proof)).digest
  }

  /**
   * Whether the proof alone would be a grant, everything else being in its favour. Nothing is recorded.
   * @param used names of proofs that were used
   */
  async wouldGrant(
    me: Principal,
    shareId: string,
    proof: Proof,
    used: ReadonlySet<string> = new Set(),
  ): Promise<boolean> {
    const evidence = await this.#evidence.verify(me, shareId, proof)
    const facts: Facts = {
      ...WELCOME,
      ...evidence,
      proof: used.has(evidence.digest) ? 'reused' : 'new',
      verifyUntil: WELCOME.verifyUntil,
    }
    return decide(facts).outcome === 'granted'
  }
}
