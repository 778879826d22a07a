// What administrators ask of the lists: broad and narrow filters, alone and together, also those that find nothing.

/** The busiest, somebody ordinary, and rows that go together. @param {(sql: string) => Promise<any[]>} query */
export const sample = async (query) => {
  const one = async (sql) => Object.values((await query(sql))[0] ?? {})[0]
  const most = (column, table) =>
    one(`SELECT ${column} FROM ${table} GROUP BY ${column} ORDER BY COUNT(*) DESC LIMIT 1`)
  const middle = (column, table, n) => one(`SELECT ${column} FROM ${table} LIMIT 1 OFFSET ${n}`)
  const opening = (await query('SELECT id, card_id, viewer_id, share_id FROM openings LIMIT 1'))[0]
  const [times] = await query(
    'SELECT MIN(created_at) AS "first", MAX(created_at) AS "last" FROM cards',
  )
  const [person] = await query('SELECT app_id AS "app", code FROM viewers LIMIT 1')
  return {
    opening,
    person,
    first: Number(times.first),
    last: Number(times.last),
    owner: { most: await most('owner_id', 'cards'), some: await middle('owner_id', 'cards', 777) },
    viewer: {
      most: await most('viewer_id', 'openings'),
      some: await middle('viewer_id', 'openings', 777),
    },
    card: {
      most: await one('SELECT id FROM cards ORDER BY open_count DESC LIMIT 1'),
      some: await middle('id', 'cards', 777),
    },
  }
}

const nobody = 'AAAAAAAAAAAAAAAAAAAAAA'

/** By list: `[what, filters]`. */
export const listCases = ({ opening, owner, viewer, card, person, first, last }) => {
  const iso = (ms) => new Date(Math.floor(ms)).toISOString()
  const at = (share) => iso(first + (last - first) * share)
  const day = { from: at(0.5), to: iso(first + (last - first) * 0.5 + 86_400_000) }
  const hour = { from: at(0.5), to: iso(first + (last - first) * 0.5 + 3_600_000) }
  const statuses = ['active', 'expired', 'revoked']
  const decisions = ['granted', 'refused', 'rejected']
  const [large, small] = ['acme-wechat', 'beta-wecom']
  return {
    cards: [
      ['all', {}],
      ['all, 200 a page', { limit: '200' }],
      ['large app', { app: large }],
      ['small app', { app: small }],
      ['busiest owner', { owner: owner.most }],
      ['some owner', { owner: owner.some }],
      ['busiest owner, other app', { owner: owner.most, app: small }],
      ...statuses.map((status) => [status, { status }]),
      ...statuses.map((status) => [`${status}, large app`, { status, app: large }]),
      ...statuses.map((status) => [`${status}, small app`, { status, app: small }]),
      ...statuses.map((status) => [`${status}, busiest owner`, { status, owner: owner.most }]),
      ['q: a card', { q: card.most }],
      ['q: an owner', { q: owner.most }],
      ['q: a share', { q: opening.share_id }],
      ['q: an opening', { q: opening.id }],
      ['q: nothing', { q: nobody }],
      ['title: a tenth of all', { q: '薪酬' }],
      ['title: one of a hundred', { q: '华东 薪酬方案' }],
      ['title: one of a hundred thousand', { q: '客户 A 门禁密码 777' }],
      ['title: digits', { q: '77' }],
      ['title: common pairs, never together', { q: '方案周报' }],
      ['title: a pair that no title has', { q: '量子' }],
      ['title, small app', { q: '薪酬', app: small }],
      ['title, revoked ones', { q: '会议', status: 'revoked' }],
      ['title, some owner', { q: '会议', owner: owner.some }],
    ],
    viewers: [
      ['all', {}],
      ['small app', { app: small }],
      ['q: a code', { q: person.code }],
      ['q: nothing', { q: '量子' }],
    ],
    requests: [
      ['all', {}],
      ['busiest viewer', { viewer: viewer.most }],
      ['busiest card', { card: card.most }],
    ],
    openings: [
      ['all', {}],
      ['all, 200 a page', { limit: '200' }],
      ...decisions.map((decision) => [decision, { decision }]),
      ['busiest viewer', { viewer: viewer.most }],
      ['some viewer', { viewer: viewer.some }],
      ['busiest card', { card: card.most }],
      ['some card', { card: card.some }],
      ['card and viewer', { card: opening.card_id, viewer: opening.viewer_id }],
      ['busiest card and busiest viewer', { card: card.most, viewer: viewer.most }],
      ['busiest card, somebody', { card: card.most, viewer: viewer.some }],
      ['some card, busiest viewer', { card: card.some, viewer: viewer.most }],
      ...decisions.map((decision) => [
        `${decision}, busiest viewer`,
        { decision, viewer: viewer.most },
      ]),
      ...decisions.map((decision) => [`${decision}, busiest card`, { decision, card: card.most }]),
      ['one day', day],
      ['one hour', hour],
      ['rejected on one day', { decision: 'rejected', ...day }],
      ['busiest viewer on one day', { viewer: viewer.most, ...day }],
      ['second half of the time', { from: at(0.5) }],
      ['before everything', { to: at(-1) }],
    ],
    sessions: [
      ['all', {}],
      ['all, 200 a page', { limit: '200' }],
      ['busiest viewer', { viewer: viewer.most }],
      ['some viewer', { viewer: viewer.some }],
    ],
    audit: [
      ['all', {}],
      ['all, 200 a page', { limit: '200' }],
      ['openings', { kind: 'opening' }],
      ['card.revoke', { kind: 'card.revoke' }],
      ['person.erase: none', { kind: 'person.erase' }],
      ['busiest actor', { actor: viewer.most }],
      ['some actor', { actor: viewer.some }],
      ['admin', { actor: 'admin' }],
      ['busiest actor, openings', { actor: viewer.most, kind: 'opening' }],
      ['busiest actor, card.revoke', { actor: viewer.most, kind: 'card.revoke' }],
      ['busiest actor, person.erase: none', { actor: viewer.most, kind: 'person.erase' }],
      ['one card', { subject: card.most }],
      ['one share', { subject: opening.share_id }],
      ['one share, busiest actor', { subject: opening.share_id, actor: viewer.most }],
      ['one day', day],
      ['card.create on one day', { kind: 'card.create', ...day }],
      ['second half of the time', { from: at(0.5) }],
    ],
  }
}

/** What is no list with pages: `[what, path]`. */
export const otherCases = ({ card, viewer, person, first, last }) => [
  ['apps', 'apps'],
  ['health', 'health'],
  ['figures of 30 days', 'stats'],
  [
    'figures of all days',
    `stats?from=${new Date(first).toISOString()}&to=${new Date(last).toISOString()}`,
  ],
  ['figures of an app', 'stats?app=acme-wechat'],
  ['one card', `cards/${card.most}`],
  ['one person', `viewers/${viewer.most}`],
  ['accounts', 'accounts'],
  ['automation tokens', 'tokens'],
  ['policy', 'policy'],
  ['overview', 'overview'],
  ['activity', 'activity'],
  ['the busiest card’s readers', `cards/${card.most}/roster`],
  ['the busiest card’s timeline', `cards/${card.most}/timeline`],
  [
    'a watermark',
    `watermarks?${new URLSearchParams({ ...person, at: new Date(last).toISOString() })}`,
  ],
]
