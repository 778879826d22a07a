import type {
  AdminCard,
  AdminCardSummary,
  AdminOpening,
  AdminRequest,
  ListedViewer,
} from '@sealcard/protocol'

const AT = '2026-11-28T07:00:00Z'
export const LIN = { id: 'person-lin', name: '林晓', nameFrom: 'platform', code: '7K3Q9F' } as const
export const CHEN = { id: 'person-chen', name: '陈默', nameFrom: 'self', code: 'M2N4P6' } as const

export const CARD: AdminCardSummary = {
  id: 'card-1',
  app: 'demo',
  owner: LIN,
  title: '季度奖金',
  status: 'active',
  createdAt: AT,
  expiresAt: null,
  revokedAt: null,
  openings: { viewers: 2, total: 5, refused: 7, firstAt: AT, lastAt: AT },
}

export const WHOLE_CARD: AdminCard = {
  ...CARD,
  policy: { maxViewers: 3, watermark: true },
  shares: [
    {
      id: 'share-1',
      sharer: LIN,
      platform: 'wechat',
      createdAt: AT,
      shareUntil: AT,
      verifyUntil: AT,
    },
  ],
}

export const PERSON: ListedViewer = { ...CHEN, app: 'demo', createdAt: AT, seenAt: AT }

export const OPENING: AdminOpening = {
  id: 'opening-1',
  at: AT,
  viewer: CHEN,
  card: { id: CARD.id, title: CARD.title },
  share: { id: 'share-1' },
  decision: 'rejected',
  reason: 'proof_not_opened',
}

export const REQUEST: AdminRequest = {
  id: 'request-1',
  at: AT,
  viewer: CHEN,
  card: { id: CARD.id, title: CARD.title },
  owner: LIN,
  share: { id: 'share-1' },
  dismissedAt: null,
}

export const pageOf = <T>(...items: T[]) => ({ items, nextCursor: null })
