import { countCases, scale } from '@sealcard/testing'
import fc from 'fast-check'
import { verifyAudit } from '../../../src/audit/verify-audit.js'
import type { Settled } from '../../../src/core/concurrency/grouped.js'
import { HOUR, MINUTE, SECOND } from '../../../src/core/time.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import type { OpeningResult } from '../../../src/members/openings/group-judgement.js'
import type { Attempt } from '../../../src/members/openings/group-state.js'
import type { Evidence } from '../../../src/members/openings/proof-verifier.js'
import { SessionEntity } from '../../../src/members/sessions/session.entity.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { MigratedFiles } from '../../kit/opening-databases.js'
import { good, id, OpeningWorld, wordOf } from '../../kit/opening-world.js'

const files = new MigratedFiles()
beforeAll(() => files.prepare())
afterAll(() => files.remove())

const PEOPLE = ['ann', 'bob', 'cat', 'owner'] as const
const CARDS = ['free', 'one-viewer', 'two-viewers', 'two-opens', 'ends', 'damaged', 'none'] as const
/** Low, so that a short sequence reaches each. */
const LIMITS = {
  rejectedProofsPerSession: 3,
  rejectedProofsPerPersonPerHour: 4,
  openingsPerPersonPerMinute: 5,
}

interface Opened {
  readonly who: (typeof PEOPLE)[number]
  readonly second: boolean
  readonly card: (typeof CARDS)[number]
  readonly proof: number
  readonly wrong: Partial<Evidence>
}

/** Something that happens between two groups. */
type Event =
  | { readonly advance: number }
  | { readonly revoke: (typeof CARDS)[number] }
  | { readonly end: (typeof PEOPLE)[number] }
  | { readonly erase: (typeof PEOPLE)[number] }

/** Openings that may be one group or many, and what happens behind them. @param cuts where a group ends */
interface Stretch {
  readonly opened: readonly Opened[]
  readonly cuts: readonly boolean[]
  readonly event: Event
}

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary })
const person = fc.constantFrom(...PEOPLE)
const card = fc.constantFrom(...CARDS)
const NO_PROOF = { proofGiven: false, proofOpened: false, valueMatches: false }
const wrong = fc.oneof(
  often(12, fc.constant({})),
  often(4, fc.constant({ proofOpened: false, valueMatches: false })),
  often(1, fc.constant({ valueMatches: false })),
  often(1, fc.constant({ receiver: 'another' as const })),
  often(2, fc.constant(NO_PROOF)),
  often(1, fc.constant({ shareInApp: false })),
)
const opened: fc.Arbitrary<Opened> = fc.record({
  who: person,
  second: fc.boolean(),
  card,
  proof: fc.nat({ max: 11 }),
  wrong,
})
const event: fc.Arbitrary<Event> = fc.oneof(
  often(
    6,
    fc
      .constantFrom(1, SECOND, 20 * SECOND, MINUTE, MINUTE + 1, 10 * MINUTE, HOUR)
      .map((advance) => ({ advance })),
  ),
  often(1, fc.constant({ advance: -30 * SECOND })),
  often(
    1,
    card.map((revoke) => ({ revoke })),
  ),
  often(
    1,
    person.map((end) => ({ end })),
  ),
  often(
    1,
    person.map((erase) => ({ erase })),
  ),
)
const stretch: fc.Arbitrary<Stretch> = fc
  .array(opened, { minLength: 1, maxLength: 14 })
  .chain((all) =>
    fc.record({
      opened: fc.constant(all),
      cuts: fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }),
      event,
    }),
  )

const attemptOf = (world: OpeningWorld, { who, second, card, proof, wrong }: Opened): Attempt => {
  const evidence: Evidence = { ...good(String(proof), card), ...wrong }
  // Proofs 10 and 11 were used in an earlier version, which recorded the other name.
  const named = proof < 10 ? evidence : { ...evidence, digest: `proof-${proof}-now` }
  return world.attempt(who, named, second ? `${who}-2` : who)
}

const happens = async (world: OpeningWorld, event: Event): Promise<void> => {
  const { manager } = world.storage
  if ('advance' in event) world.clock.advance(event.advance)
  if ('revoke' in event)
    await manager.update(CardEntity, { id: id(event.revoke) }, { revokedAt: world.clock.now() })
  if ('end' in event)
    await manager.update(SessionEntity, { id: id(event.end) }, { endedAt: world.clock.now() })
  if ('erase' in event) await manager.delete(ViewerEntity, { id: id(event.erase) })
}

const start = async (): Promise<OpeningWorld> => {
  const world = new OpeningWorld(await files.open(), LIMITS)
  for (const name of PEOPLE) await world.person(name, [name, `${name}-2`])
  await world.card('free')
  await world.card('one-viewer', { maxViewers: 1 })
  await world.card('two-viewers', { maxViewers: 2, maxOpensPerViewer: 1 })
  await world.card('two-opens', { maxOpensPerViewer: 2 })
  await world.card('ends', {}, { expiresAt: world.clock.now() + 5 * MINUTE })
  await world.card('damaged', {}, { sealedBody: 'v1:k1:damaged' })
  return world
}

/** What the client gets. */
const answerOf = (settled: Settled<OpeningResult>): unknown => {
  if (settled.value?.kind !== 'granted') return settled.value ?? wordOf(settled)
  const { kind, opening, card, content } = settled.value
  return { kind, id: opening.id, at: opening.at, card: card.id, policy: card.policy, content }
}

/** @param cut whether a group ends behind the n-th opening of a stretch */
const played = async (stretches: readonly Stretch[], cut: (s: Stretch, n: number) => boolean) => {
  const world = await start()
  const answers: unknown[] = []
  for (const one of stretches) {
    let group: Attempt[] = []
    for (const [n, attempt] of one.opened.entries()) {
      group.push(attemptOf(world, attempt))
      if (n + 1 < one.opened.length && !cut(one, n)) continue
      for (const settled of await world.judge.judgeGroup(group)) answers.push(answerOf(settled))
      group = []
    }
    await happens(world, one.event)
  }
  const rows = await world.rows()
  const { faults } = await verifyAudit(world.storage, world.vault)
  await world.storage.destroy()
  return { answers, rows, faults }
}

const RUNS = scale(90, 5000, 60)

test(`${RUNS} sequences of openings: one by one, in any groups, and in the largest, the same answers, rows and audit`, async () => {
  countCases(RUNS)
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(stretch, { minLength: 1, maxLength: 5 }), async (stretches) => {
      const alone = await played(stretches, () => true)
      const cut = await played(stretches, ({ cuts }, n) => cuts[n] === true)
      const together = await played(stretches, () => false)
      expect(cut).toEqual(alone)
      expect(together).toEqual(alone)
      expect(alone.faults).toEqual([])
      for (const answer of alone.answers)
        seen.add(
          typeof answer === 'string'
            ? answer
            : ((answer as { reason?: string }).reason ?? (answer as { kind: string }).kind),
        )
    }),
    { numRuns: RUNS, seed: 20261128 },
  )
  // Sequences that never reach a rule would say nothing about it.
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      'ERR_SESSION',
      'card_expired',
      'card_revoked',
      'granted',
      'limited',
      'no_proof',
      'no_such_share',
      'not_the_receiver',
      'own',
      'proof_not_opened',
      'proof_of_another_share',
      'proof_used',
      'session_not_live',
      'view_limit',
    ]),
  )
}, 600_000)
