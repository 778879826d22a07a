/** Answers of the BFF as its contract has them. */
const AT = '2026-01-01T00:00:00Z'

export const OPENING = {
  id: 'O',
  openedAt: AT,
  card: { id: 'C', title: 'T', body: 'B', policy: {} },
  sender: { id: 'V', name: '林晓', nameFrom: 'platform', code: '7K3Q9F' },
}

export const ME = { id: 'V', app: 'a', platform: 'wechat', nameFrom: 'self', code: '7K3Q9F' }

export const STATUS = { id: 'O', openedAt: AT, status: 'active' }

export const CARD = { id: 'C', title: 'T', body: 'B', policy: {}, status: 'active', createdAt: AT }

export const SHARE = {
  id: 'S1',
  path: '/pages/open/index?s=S1',
  title: 'T',
  declare: { platform: 'wechat', activityId: 'A' },
  createdAt: AT,
  shareUntil: AT,
  verifyUntil: AT,
}

export const CARDS = {
  items: [{ id: 'C', title: 'T', status: 'active', createdAt: AT, openedAt: AT }],
  nextCursor: null,
}

export const READERS = {
  items: [{ viewer: { id: 'V', code: '7K3Q9F' }, firstAt: AT, lastAt: AT, count: 1 }],
  nextCursor: 'N',
}

export const POLICY = { mayMakeCards: true, watermark: false }

export const SESSION = { token: 'T', expiresAt: '2100-01-01T00:00:00Z', viewer: { id: 'V' } }

export const LATE = {
  items: [{ viewer: { id: 'V', code: '7K3Q9F' }, at: AT, reason: 'card_expired' }],
  nextCursor: null,
}
