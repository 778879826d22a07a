import { deepStrictEqual, rejects, strictEqual } from 'node:assert'
import type { Claim, DeclaredShare, VerifyStore } from '../store.js'

export interface StoreCase {
  readonly title: string
  /** @param store an empty one @throws AssertionError */
  run(store: VerifyStore): Promise<void>
}

const AT = 1_767_225_600_000

const share: DeclaredShare = {
  id: 'share-1',
  app: 'app-1',
  cardId: 'card-1',
  valueHash: 'hash-1',
  shareUntil: AT + 1,
  verifyUntil: AT + 2,
  expiresAt: null,
  maxViewers: 3,
  maxOpensPerViewer: null,
}

const claimOf = (changed: Partial<Claim>): Claim => ({
  app: 'app-1',
  proof: 'proof-1',
  cardId: 'card-1',
  viewerId: 'viewer-1',
  at: AT,
  maxViewers: null,
  maxOpensPerViewer: null,
  ...changed,
})

const counted = async (store: VerifyStore, claims: Partial<Claim>[]) => {
  const outcomes = await Promise.all(claims.map((changed) => store.claim(claimOf(changed))))
  const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length
  return { won: count('won'), used: count('proof_used'), full: count('view_limit') }
}

const many = (count: number, of: (n: number) => Partial<Claim>) =>
  Array.from({ length: count }, (_, n) => of(n))

/** One test for each: `test.each(storeCases)('$title', ({ run }) => run(createYourStore()))`. */
export const storeCases: readonly StoreCase[] = [
  {
    title: 'a share comes back as it was declared, and in no other app',
    run: async (store) => {
      await store.declare(share)
      deepStrictEqual(await store.find('app-1', 'share-1'), { ...share, revokedAt: null })
      strictEqual(await store.find('app-2', 'share-1'), null)
      strictEqual(await store.find('app-1', 'share-2'), null)
    },
  },
  {
    title: 'an id is declared once in an app',
    run: async (store) => {
      await store.declare(share)
      await rejects(store.declare({ ...share, cardId: 'card-2' }))
      strictEqual((await store.find('app-1', 'share-1'))?.cardId, 'card-1')
      await store.declare({ ...share, app: 'app-2' })
    },
  },
  {
    title: 'a revocation holds for each share of the card, from the first time on',
    run: async (store) => {
      await store.declare(share)
      await store.revoke('app-1', 'card-1', AT)
      await store.revoke('app-1', 'card-1', AT + 5)
      await store.declare({ ...share, id: 'share-2' })
      await store.declare({ ...share, id: 'share-3', cardId: 'card-2' })
      strictEqual((await store.find('app-1', 'share-1'))?.revokedAt, AT)
      strictEqual((await store.find('app-1', 'share-2'))?.revokedAt, AT)
      strictEqual((await store.find('app-1', 'share-3'))?.revokedAt, null)
    },
  },
  {
    title: 'a proof is used once, whoever brings it and for whichever card',
    run: async (store) => {
      strictEqual(await store.claim(claimOf({})), 'won')
      strictEqual(await store.claim(claimOf({})), 'proof_used')
      strictEqual(await store.claim(claimOf({ viewerId: 'viewer-2' })), 'proof_used')
      strictEqual(await store.claim(claimOf({ cardId: 'card-2' })), 'proof_used')
      strictEqual(await store.claim(claimOf({ app: 'app-2' })), 'won')
    },
  },
  {
    title: 'of one proof many times at once, one wins',
    run: async (store) => {
      const claims = many(20, (n) => ({ viewerId: `viewer-${n}` }))
      deepStrictEqual(await counted(store, claims), { won: 1, used: 19, full: 0 })
    },
  },
  {
    title: 'of many viewers at once, exactly maxViewers win',
    run: async (store) => {
      const claims = many(20, (n) => ({
        viewerId: `viewer-${n}`,
        proof: `proof-${n}`,
        maxViewers: 7,
      }))
      deepStrictEqual(await counted(store, claims), { won: 7, used: 0, full: 13 })
    },
  },
  {
    title:
      'of many views of one person at once, exactly maxOpensPerViewer win, and count as one viewer',
    run: async (store) => {
      const limits = { maxOpensPerViewer: 5, maxViewers: 2 }
      const claims = many(20, (n) => ({ proof: `proof-${n}`, ...limits }))
      deepStrictEqual(await counted(store, claims), { won: 5, used: 0, full: 15 })
      const second = claimOf({ viewerId: 'viewer-2', proof: 'proof-a', ...limits })
      strictEqual(await store.claim(second), 'won')
      const third = claimOf({ viewerId: 'viewer-3', proof: 'proof-b', ...limits })
      strictEqual(await store.claim(third), 'view_limit')
    },
  },
  {
    title: 'a viewer of a full card opens it again',
    run: async (store) => {
      strictEqual(await store.claim(claimOf({ maxViewers: 1 })), 'won')
      strictEqual(await store.claim(claimOf({ maxViewers: 1, proof: 'proof-2' })), 'won')
    },
  },
  {
    title: 'a claim that does not win uses no proof and counts no view',
    run: async (store) => {
      strictEqual(await store.claim(claimOf({ maxViewers: 1 })), 'won')
      const late = { viewerId: 'viewer-2', proof: 'proof-2' }
      strictEqual(await store.claim(claimOf({ ...late, maxViewers: 1 })), 'view_limit')
      strictEqual(await store.claim(claimOf({ ...late, maxViewers: 2 })), 'won')
    },
  },
  {
    title: 'limits count in one card of one app',
    run: async (store) => {
      const other = { viewerId: 'viewer-2', proof: 'proof-2', maxViewers: 1 }
      strictEqual(await store.claim(claimOf({ maxViewers: 1 })), 'won')
      strictEqual(await store.claim(claimOf({ ...other, cardId: 'card-2' })), 'won')
      strictEqual(await store.claim(claimOf({ ...other, app: 'app-2' })), 'won')
    },
  },
  {
    title: 'nobody claims a revoked card, and a used proof stays used',
    run: async (store) => {
      strictEqual(await store.claim(claimOf({})), 'won')
      await store.revoke('app-1', 'card-1', AT)
      strictEqual(await store.claim(claimOf({})), 'proof_used')
      strictEqual(await store.claim(claimOf({ proof: 'proof-2' })), 'card_revoked')
      strictEqual(await store.claim(claimOf({ proof: 'proof-2', cardId: 'card-2' })), 'won')
      strictEqual(await store.claim(claimOf({ proof: 'proof-3', app: 'app-2' })), 'won')
    },
  },
]
