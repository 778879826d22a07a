import type { StoredShare, VerifyStore } from './store.js'

const keyOf = (...parts: string[]) => JSON.stringify(parts)

/** For tests and for one process that may forget: after a restart no share is known, so nothing opens. */
export const createMemoryStore = (): VerifyStore => {
  const shares = new Map<string, Omit<StoredShare, 'revokedAt'>>()
  const revoked = new Map<string, number>()
  const proofs = new Set<string>()
  const views = new Map<string, Map<string, number>>()
  return {
    declare: async (share) => {
      const key = keyOf(share.app, share.id)
      if (shares.has(key)) throw new Error('a share of this id is declared')
      shares.set(key, share)
    },
    find: async (app, shareId) => {
      const share = shares.get(keyOf(app, shareId))
      return share ? { ...share, revokedAt: revoked.get(keyOf(app, share.cardId)) ?? null } : null
    },
    revoke: async (app, cardId, at) => {
      const key = keyOf(app, cardId)
      if (!revoked.has(key)) revoked.set(key, at)
    },
    // Nothing waits in here, so no other claim comes between.
    claim: async ({ app, proof, cardId, viewerId, maxViewers, maxOpensPerViewer }) => {
      const [used, card] = [keyOf(app, proof), keyOf(app, cardId)]
      if (proofs.has(used)) return 'proof_used'
      if (revoked.has(card)) return 'card_revoked'
      const viewers = views.get(card) ?? new Map<string, number>()
      const opens = viewers.get(viewerId) ?? 0
      if (opens >= (maxOpensPerViewer ?? Infinity)) return 'view_limit'
      if (opens === 0 && viewers.size >= (maxViewers ?? Infinity)) return 'view_limit'
      proofs.add(used)
      views.set(card, viewers.set(viewerId, opens + 1))
      return 'won'
    },
  }
}
