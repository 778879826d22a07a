import { DAY, SECOND } from '../../../src/core/time.js'
import {
  assertGranted,
  decide,
  type Facts,
  type Granted,
  RULES,
} from '../../../src/members/cards/decide.js'

const NOW = Date.UTC(2026, 0, 31, 8)

const good: Facts = {
  now: NOW,
  sessionLive: true,
  proofGiven: true,
  shareInApp: true,
  proofOpened: true,
  valueMatches: true,
  receiver: 'viewer',
  proof: 'new',
  verifyUntil: NOW + 100 * DAY,
  revokedAt: null,
  expiresAt: null,
  claim: 'won',
}

const broken: [Partial<Facts>, string, string, boolean][] = [
  [{ sessionLive: false }, 'session_not_live', 'ERR_SESSION', false],
  [{ proofGiven: false }, 'no_proof', 'ERR_PROOF_REJECTED', false],
  [{ shareInApp: false }, 'no_such_share', 'ERR_PROOF_REJECTED', false],
  [{ proofOpened: false }, 'proof_not_opened', 'ERR_PROOF_REJECTED', false],
  [{ valueMatches: false }, 'proof_of_another_share', 'ERR_PROOF_REJECTED', false],
  [{ receiver: 'another' }, 'not_the_receiver', 'ERR_PROOF_REJECTED', false],
  [{ proof: 'reused' }, 'proof_used', 'ERR_PROOF_REJECTED', false],
  [{ verifyUntil: NOW }, 'verify_window_closed', 'ERR_VERIFY_WINDOW_CLOSED', true],
  [{ revokedAt: NOW - 1 }, 'card_revoked', 'ERR_CARD_REVOKED', true],
  [{ expiresAt: NOW }, 'card_expired', 'ERR_CARD_EXPIRED', true],
  [{ claim: 'lost' }, 'view_limit', 'ERR_VIEW_LIMIT', true],
]

describe('the decision, one row per rule', () => {
  test('grants when every rule holds', () => {
    expect(decide(good)).toEqual({ outcome: 'granted' })
  })

  test.each(broken)('%j is refused as %s', (change, reason, code, proven) => {
    expect(decide({ ...good, ...change })).toEqual({ outcome: 'refused', reason, code, proven })
  })

  test('has a row here for each rule, in the order of the rules', () => {
    expect(broken.map(([, reason]) => reason)).toEqual(RULES.map((rule) => rule.reason))
  })

  test('of two broken rules the earlier one is the reason', () => {
    for (const [i, [earlier, reason]] of broken.entries()) {
      for (const [later] of broken.slice(i + 1)) {
        expect(decide({ ...good, ...later, ...earlier })).toMatchObject({ reason })
      }
    }
  })

  test('asks for the claim only when everything else holds', () => {
    expect(decide({ ...good, claim: 'untried' })).toEqual({ outcome: 'claim' })
    for (const [change, reason] of broken.slice(0, -1)) {
      expect(decide({ ...good, ...change, claim: 'untried' })).toMatchObject({ reason })
    }
  })

  test('a proof without a named receiver passes: WeChat names none', () => {
    expect(decide({ ...good, receiver: 'unstated' })).toEqual({ outcome: 'granted' })
  })

  test('a proof re-sent in time keeps its opening, but not against a revocation', () => {
    const resent: Facts = { ...good, proof: 'resent', claim: 'held' }
    expect(decide(resent)).toEqual({ outcome: 'granted' })
    expect(decide({ ...resent, revokedAt: NOW })).toMatchObject({ code: 'ERR_CARD_REVOKED' })
  })
})

describe('the decision, at its boundaries', () => {
  const createdAt = NOW
  const verifyUntil = createdAt + 120 * DAY

  test.each([
    ['-1 s', verifyUntil - SECOND, 'granted'],
    ['-1 ms', verifyUntil - 1, 'granted'],
    ['0', verifyUntil, 'refused'],
    ['+1 s', verifyUntil + SECOND, 'refused'],
  ])('the verify window of 120 days at %s', (_, now, outcome) => {
    expect(decide({ ...good, now, verifyUntil })).toMatchObject({ outcome })
  })

  test.each([
    ['-1 s', -SECOND, 'granted'],
    ['0', 0, 'refused'],
    ['+1 s', SECOND, 'refused'],
  ])('the expiry of the card at %s', (_, offset, outcome) => {
    expect(decide({ ...good, expiresAt: NOW, now: NOW + offset })).toMatchObject({ outcome })
  })

  test('the share window does not matter when opening: it bounds sharing only', () => {
    expect(decide({ ...good, now: createdAt + 7 * DAY, verifyUntil })).toMatchObject({
      outcome: 'granted',
    })
  })

  test('a revocation holds even when the clock jumps back before it', () => {
    expect(decide({ ...good, revokedAt: NOW, now: NOW - DAY })).toMatchObject({
      reason: 'card_revoked',
    })
  })
})

describe('the brand', () => {
  test('what decide granted is granted', () => {
    expect(() => assertGranted(decide(good) as Granted)).not.toThrow()
  })

  test('what only looks granted is not', () => {
    const forged = { outcome: 'granted' } as unknown as Granted
    expect(() => assertGranted(forged)).toThrow(TypeError)
    expect(() => assertGranted(structuredClone(decide(good)) as Granted)).toThrow(TypeError)
  })
})
