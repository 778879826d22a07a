import { createHash } from 'node:crypto'
import { countCases, SeededRandom, scale } from '@sealcard/testing'
import { ViewerRepository } from '../../src/members/sessions/viewer.repository.js'
import { asAdmin, startAdmin } from '../kit/admin/support.js'
import { WECHAT } from '../kit/config.js'
import type { TestApp } from '../kit/test-app.js'

const BODIES = scale(2_500, 100_000, 1_500)
const SEED = 20261121

interface Target {
  readonly method: 'POST' | 'PUT'
  readonly path: string
  /** A body that is accepted, and every field that may be in it. */
  readonly good: Record<string, unknown>
  readonly fields: readonly string[]
}

let app: TestApp
let targets: Target[]
beforeAll(async () => {
  app = await startAdmin()
  const { cardId } = await app.shared(await app.login('alice'))
  const viewer = (await app.nest.get(ViewerRepository).find(WECHAT, 'alice'))?.id ?? ''
  const why = { good: { reason: 'why' }, fields: ['reason'] }
  const act = { method: 'POST', good: {}, fields: ['reason'] } as const
  const expiresAt = new Date(app.clock.now() + 86_400_000).toISOString()
  const token = { name: 'nightly export', role: 'auditor', expiresAt }
  const account = await asAdmin(app, 'POST', 'accounts', { name: 'somebody', role: 'operator' })
  const tokenId = (await asAdmin(app, 'POST', 'tokens', token)).body.id
  const accountId = account.body.account.id
  targets = [
    { method: 'POST', path: `cards/${cardId}/revoke`, ...why },
    { method: 'POST', path: `viewers/${viewer}/revoke-cards`, ...why },
    { method: 'POST', path: `viewers/${viewer}/erase`, ...why },
    { method: 'POST', path: `viewers/${viewer}/block`, ...why },
    { ...act, path: `viewers/${viewer}/unblock` },
    // Its other fields are flags: they take what is right for some of them.
    { method: 'POST', path: `viewers/${viewer}/offboard`, ...why },
    { method: 'POST', path: 'sessions/revoke', good: { viewer }, fields: ['viewer', 'reason'] },
    { method: 'POST', path: 'keys/rewrap', good: {}, fields: ['reason'] },
    { method: 'POST', path: 'audit/verify', good: {}, fields: ['expect'] },
    {
      method: 'PUT',
      path: 'policy',
      good: { version: 0, default: {}, apps: {}, makers: [] },
      fields: ['version', 'default', 'apps', 'makers', 'reason'],
    },
    {
      method: 'POST',
      path: 'accounts',
      good: { name: 'another', role: 'auditor' },
      fields: ['name', 'role', 'reason'],
    },
    {
      method: 'POST',
      path: `accounts/${accountId}/role`,
      good: { role: 'auditor' },
      fields: ['role', 'reason'],
    },
    { ...act, path: `accounts/${accountId}/sessions/end` },
    { ...act, path: `accounts/${accountId}/disable` },
    { ...act, path: `accounts/${accountId}/enable` },
    { ...act, path: `accounts/${accountId}/reset` },
    {
      method: 'POST',
      path: 'tokens',
      good: token,
      fields: ['name', 'role', 'expiresAt', 'reason'],
    },
    { ...act, path: `tokens/${tokenId}/revoke` },
  ]
})
afterAll(() => app.stop())

const ASSIGNED = ['id', 'role', 'admin', 'isAdmin', 'actor', 'address', 'ownerId', 'revokedAt']
const POISON = ['__proto__', 'constructor', 'prototype']
const SQL = [
  "' OR '1'='1",
  '"; DROP TABLE cards; --',
  "x') UNION SELECT * FROM viewers --",
  '%',
  '_%',
]
/** No field of any body takes one of these. */
const WRONG = [
  null,
  true,
  -1,
  1.5,
  1e308,
  '',
  'a\nb',
  '\u001b[31m',
  '\ud800',
  [null],
  [[]],
  { $ne: null },
]

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

/** A body that must be refused, and how it was made. */
const hostile = (
  random: SeededRandom,
  { path, good, fields }: Target,
): { path: string; text: string; how: string } => {
  const with_ = (field: string, json: string) =>
    `{${[
      ...Object.entries(good)
        .filter(([name]) => name !== field)
        .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`),
      `${JSON.stringify(field)}:${json}`,
    ].join()}}`
  const kinds = {
    assignment: () => {
      const field = random.pick(ASSIGNED.filter((name) => !fields.includes(name)))
      return with_(field, JSON.stringify(random.pick([1, 'admin', true, null, {}])))
    },
    prototype: () => {
      const field = random.pick(POISON)
      const value = random.pick(['{"role":"admin"}', 'null', '1', '{"prototype":{"admin":true}}'])
      return random.below(2)
        ? with_(field, value)
        : with_(random.pick(fields), `{"${field}":${value}}`)
    },
    type: () => with_(random.pick(fields), JSON.stringify(random.pick(WRONG))),
    nesting: () => with_(random.pick([...fields, 'deep']), nested(2 + random.below(2000))),
    sql: () => {
      const field = random.pick([...SQL, ...SQL.map((text) => `reason${text}`)])
      return with_(field, JSON.stringify(random.pick(SQL)))
    },
    size: () => with_(random.pick(fields), JSON.stringify('x'.repeat(151 + random.below(70_000)))),
    shape: () =>
      random.pick(['[]', '"x"', '7', 'null', '{', '{}}', '[{}]', '{"a":1', '['.repeat(99)]),
  }
  const how = random.pick(Object.keys(kinds) as (keyof typeof kinds)[])
  return { path, text: kinds[how](), how }
}

/** Everything the database holds. */
const checksum = async (): Promise<string> => {
  const hash = createHash('sha256')
  for (const { tableName } of app.storage.entityMetadatas)
    hash.update(
      `${tableName} ${JSON.stringify(await app.storage.query(`SELECT * FROM ${tableName} ORDER BY 1`))}`,
    )
  return hash.digest('hex')
}

test(`F7 ${BODIES} generated bodies are refused and change nothing`, async () => {
  const tell = countCases(BODIES)
  const random = new SeededRandom(SEED)
  const before = await checksum()
  const seen = new Map<string, number>()
  for (let i = 0; i < BODIES; i++) {
    tell(i)
    const target = random.pick(targets)
    const { path, text, how } = hostile(random, target)
    // A body of null is what no body is to a call that needs none.
    const optional = Object.keys(target.good).length === 0
    if (optional && (text === 'null' || /^\{"(reason|expect)":(null)\}$/.test(text))) continue
    const { status } = await asAdmin(app, target.method, path, text)
    if (status < 400 || status >= 500)
      throw new Error(`${i} ${how} ${path} ${status} ${text.slice(0, 300)}`)
    seen.set(how, (seen.get(how) ?? 0) + 1)
    if (i % 5000 === 4999) expect(await checksum()).toBe(before)
  }
  expect(seen.size).toBe(7)
  expect(await checksum()).toBe(before)
  expect(({} as Record<string, unknown>)['role']).toBeUndefined()
}, 600_000)

/** A login and a first password take any text, and count a wrong one: they have tests of their own. */
/** Nor the doctor, whose one field is a flag. A webhook's test takes no body, and is refused whatever comes. */
const ANY_TEXT = /^(session|setup|doctor|webhooks)(\/|$)/

test('F7 every call of administrators that takes a body is among them', async () => {
  const { body } = await app.call('GET', '/openapi.json')
  const calls = Object.entries<Record<string, unknown>>(body.paths).flatMap(([path, methods]) =>
    path.startsWith('/v1/admin/')
      ? ['post', 'put', 'patch'].flatMap((method) =>
          method in methods ? [`${method.toUpperCase()} ${path.slice('/v1/admin/'.length)}`] : [],
        )
      : [],
  )
  const known = targets.map(({ method, path }) => {
    const parts = path.split('/')
    return `${method} ${parts.length > 2 ? [parts[0], '{}', ...parts.slice(2)].join('/') : path}`
  })
  const asked = calls.map((call) => call.replace(/\{\w+\}/, '{}'))
  expect(asked.filter((call) => !ANY_TEXT.test(call.split(' ')[1] ?? '')).sort()).toEqual(
    known.sort(),
  )
})

test('F7 SQL characters in the place of an id name nothing', async () => {
  const before = await checksum()
  for (const text of [...SQL, '../policy', '%00', '..%2f', 'x'.repeat(2000)]) {
    const id = encodeURIComponent(text)
    for (const path of [
      `cards/${id}/revoke`,
      `viewers/${id}/erase`,
      `viewers/${id}/revoke-cards`,
    ]) {
      const { status } = await asAdmin(app, 'POST', path, { reason: text.slice(0, 150) })
      expect({ path, status }).toEqual({ path, status: 404 })
    }
  }
  expect(await checksum()).toBe(before)
})

test('the bodies that are broken here are good as they are', async () => {
  for (const { method, path, good } of targets.filter(
    (one) => !/erase|accounts|tokens/.test(one.path),
  ))
    expect({ path, status: (await asAdmin(app, method, path, good)).status }).toEqual({
      path,
      status: 200,
    })
})
