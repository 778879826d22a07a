import type { WebAppDouble } from './web-app-double.js'

export const DAY = 24 * 60 * 60 * 1000
export const NOW = Date.parse('2026-01-31T08:05:00Z')
export const iso = (after = 0) => new Date(NOW + after).toISOString()

export const ARABIC = 'مرحبا بكم، هذه بطاقة خاصة 🎉'
export const LONG =
  'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(2) + '一个很长很长的标题没有空格可以断行'

export const card = (id: string, title: string, part: object = {}) => ({
  id,
  title,
  body: '你的季度奖金是 18,000 元，周五到账。请不要转告他人。',
  policy: {
    expiresAt: iso(7 * DAY),
    maxViewers: 20,
    requireAcknowledgement: true,
    watermark: true,
  },
  status: 'active',
  createdAt: iso(),
  openings: { viewers: 2, total: 3, refused: 1, firstAt: iso(), lastAt: iso() },
  ...part,
})

export const CARDS = [
  card('c1', '季度奖金'),
  card('c2', ARABIC, {
    openings: { viewers: 0, total: 0, refused: 0, firstAt: null, lastAt: null },
  }),
  card('c3', LONG, { status: 'revoked', revokedAt: iso() }),
  card('c4', '👩‍👩‍👧‍👦🇨🇳 周末聚餐 🍜', { status: 'expired' }),
]

const share = {
  id: 's1',
  path: '/pages/open/index?s=s1',
  h5Url: 'https://cards.example.com/h5/o?s=s1',
  title: '季度奖金',
  declare: { platform: 'wecom', state: 'STATE' },
  createdAt: iso(),
  shareUntil: iso(7 * DAY),
  verifyUntil: iso(120 * DAY),
}

export const readers = [
  {
    viewer: { id: 'v1', name: '陈默 Chen Mo', nameFrom: 'platform', code: '7Q4K2P' },
    firstAt: iso(),
    lastAt: iso(DAY),
    count: 2,
    acknowledgedAt: iso(),
  },
  {
    viewer: { id: 'v2', name: ARABIC, nameFrom: 'self', code: '0BF3VV' },
    firstAt: iso(),
    lastAt: iso(),
    count: 1,
  },
]

const ASKERS = [
  {
    id: 'r1',
    viewer: { id: 'v3', name: '周远 Zhou Yuan', nameFrom: 'platform', code: '5N2WQX' },
    note: '我是财务部的周远，群里没有看到。',
    at: iso(),
  },
  {
    id: 'r2',
    viewer: { id: 'v4', name: ARABIC, nameFrom: 'self', code: '0BF3VV' },
    note: `${LONG}\n${ARABIC}`.slice(0, 100),
    at: iso(),
  },
  { id: 'r3', viewer: { id: 'v5', code: 'M7X1CE' }, note: '', at: iso() },
]

export const ME = { id: 'V', app: 'demo', platform: 'wecom', code: '7Q4K2P' }

const COPY = {
  format: 'sealcard.person.1',
  exportedAt: iso(),
  tables: {
    cards: { columns: {}, rows: CARDS.map(({ title, body }) => ({ title, body })) },
    sessions: { columns: {}, rows: [{ createdAt: iso(), expiresAt: iso(DAY) }] },
    viewers: { columns: {}, rows: [{ code: '7Q4K2P', name: LONG.repeat(2) }] },
  },
}

export const opening = (part: object = {}) => ({
  id: 'o1',
  openedAt: iso(),
  expiresAt: iso(120 * DAY),
  sender: { id: 'v0', name: '林晓 Lin Xiao', nameFrom: 'platform', code: '3M8TXA' },
  watermark: '陈默 7Q4K2P 2026-01-31 16:05',
  card: {
    id: 'c1',
    title: '季度奖金',
    body: '你的季度奖金是 18,000 元，周五到账。请不要转告他人。',
    policy: { requireAcknowledgement: true, watermark: true, guardCapture: true },
    ...part,
  },
})

const signatures = {
  corpId: 'ww0000000000000001',
  agentId: 1000002,
  timestamp: 1_769_846_700,
  nonceStr: 'nonce',
  signature: 'a'.repeat(40),
  configSignature: 'b'.repeat(40),
}

/** What a member's API answers when all is well. */
export const fill = (double: WebAppDouble): void => {
  const ok = (line: string, body: unknown, status = 200) =>
    double.answers.set(line, { status, body })
  double.answers.clear()
  ok('GET /v1/sessions/current', {
    app: 'demo',
    kind: 'web',
    expiresAt: '2100-01-01T00:00:00Z',
    viewer: { id: 'V' },
  })
  ok('POST /v1/h5/signatures', signatures)
  ok('GET /v1/policy', { mayMakeCards: true, watermark: true, maxLifeDays: 30 })
  ok('GET /v1/cards?box=sent', { items: CARDS, nextCursor: 'more' })
  ok('GET /v1/cards?box=received', {
    items: CARDS.map(({ id, title, status, createdAt }) => ({
      id,
      title,
      status,
      createdAt,
      openedAt: iso(),
    })),
    nextCursor: null,
  })
  for (const one of CARDS) {
    ok(`GET /v1/cards/${one.id}`, one)
    ok(`GET /v1/cards/${one.id}/requests`, { items: [], nextCursor: null })
    ok(`GET /v1/cards/${one.id}/openings`, { items: readers, nextCursor: null })
    ok(`POST /v1/cards/${one.id}/shares`, share, 201)
  }
  ok('GET /v1/cards/c1/requests', { items: ASKERS, nextCursor: null })
  ok('GET /v1/me', { ...ME, nameFrom: 'self', name: ARABIC })
  ok('GET /v1/me/export', COPY)
  ok('GET /v1/me/notices', {
    kinds: { opened: true, requested: true, refused: false, expiring: true },
    templates: {},
  })
  ok('DELETE /v1/me', undefined, 204)
  ok('POST /v1/shares/s1/requests', {}, 202)
  ok('POST /v1/cards/c1/revoke', { ...CARDS[0], status: 'revoked', revokedAt: iso() })
  ok('POST /v1/shares/s1/openings', opening(), 201)
  ok('POST /v1/openings/o1/acknowledgement', undefined, 204)
  ok('DELETE /v1/sessions/current', undefined, 204)
}
