import type { Config } from '../../../src/core/config/config.js'
import { Jobs } from '../../../src/core/jobs/jobs.js'
import { DAY, HOUR } from '../../../src/core/time.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { NameStore } from '../../../src/members/names/name-store.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { PlatformError, PlatformUnreachable } from '../../../src/platforms/calls/platform-error.js'
import { testConfig, WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { withoutNameWait } from '../../kit/lenient-timers.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import { type Answer, TestApp } from '../../kit/test-app.js'

const CODE = /^[0-9A-HJKMNP-TV-Z]{6}$/

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start()
})
afterAll(() => app.stop())

const me = async (token: string): Promise<Answer> => app.call('GET', '/v1/me', { token })
const call = (token: string, name: unknown): Promise<Answer> =>
  app.call('PATCH', '/v1/me', { token, body: { name } })

let people = 0
const fresh = () => `person${(people += 1)}`

/** The reader opens a card of the owner. */
const reading = async (appId: string, owner: string, reader: string, at = app) => {
  const alice = await at.login(owner, appId)
  const bob = await at.login(reader, appId)
  const { cardId, shareId, declared } = await at.shared(alice, { policy: { watermark: true } })
  const proof =
    appId === WECHAT
      ? wechatProof(key(reader), declared)
      : wecomProof(key(reader), declared, reader)
  const opened = await at.open(bob, shareId, proof)
  expect(opened.status).toBe(201)
  const roster = async () =>
    (await at.call('GET', `/v1/cards/${cardId}/openings`, { token: alice })).body.items[0].viewer
  return { alice, bob, opened: opened.body, roster }
}

/** The configuration, with this policy for names in every app. */
const policy = (names: 'platform' | 'self' | 'off'): Partial<Config> => ({
  apps: testConfig('').apps.map((one) => ({ ...one, names })),
})

describe('where the platform names people', () => {
  test('the owner, the reader and the watermark see the name, the code and the local time', async () => {
    const [owner, reader] = [fresh(), fresh()]
    app.wecom.names.set(owner, '林晓').set(reader, '陈默')
    const { bob, opened, roster } = await reading(WECOM, owner, reader)
    const viewer = await roster()
    expect(viewer).toEqual({
      id: expect.any(String),
      name: '陈默',
      nameFrom: 'platform',
      code: expect.stringMatching(CODE),
    })
    expect(opened.watermark).toBe(`陈默 ${viewer.code} 2026-01-01 08:00`)
    expect(opened.sender).toMatchObject({ name: '林晓', nameFrom: 'platform' })
    expect((await me(bob)).body).toEqual({ ...viewer, app: WECOM, platform: 'wecom' })
  })

  test('nobody names themselves there', async () => {
    const token = await app.login(fresh(), WECOM)
    expectProblem(await call(token, '陈默'), 'ERR_FORBIDDEN')
    expect((await me(token)).body).not.toHaveProperty('name')
  })

  test('an outage costs the name and nothing else; a later login gets it', async () => {
    const [owner, reader] = [fresh(), fresh()]
    app.wecom.names.set(reader, '陈默')
    app.wecom.onName = async () => {
      throw new PlatformUnreachable('user/get', 'timeout')
    }
    const { opened, roster } = await reading(WECOM, owner, reader)
    expect(await roster()).toEqual({ id: expect.any(String), code: expect.stringMatching(CODE) })
    expect(opened.watermark).toMatch(/^[0-9A-Z]{6} 2026-01-01 08:00$/)
    app.wecom.onName = async () => {}
    await app.login(reader, WECOM)
    expect(await roster()).toMatchObject({ name: '陈默' })
  })

  test('a platform that hangs holds up no login, and its late answer still counts', async () => {
    const reader = fresh()
    app.wecom.names.set(reader, '陈默')
    let answer = () => {}
    app.wecom.onName = () => new Promise((resolve) => (answer = resolve))
    const wait = withoutNameWait(app)
    const token = await app.login(reader, WECOM)
    wait.mockRestore()
    expect((await me(token)).body).not.toHaveProperty('name')
    const put = jest.spyOn(app.nest.get(NameStore), 'put')
    answer()
    app.wecom.onName = async () => {}
    while (put.mock.results.length === 0) await new Promise(setImmediate)
    await put.mock.results[0]?.value
    put.mockRestore()
    expect((await me(token)).body).toMatchObject({ name: '陈默' })
  })

  test('logins at once ask once, a login within a day not at all, one after it again', async () => {
    const reader = fresh()
    app.wecom.names.set(reader, '陈默')
    const before = app.wecom.namesAsked
    let answer = () => {}
    const held = new Promise<void>((resolve) => (answer = resolve))
    app.wecom.onName = () => held
    const logins = [1, 2, 3].map(() => app.login(reader, WECOM))
    while (app.wecom.namesAsked === before) await new Promise(setImmediate)
    answer()
    await Promise.all(logins)
    await app.login(reader, WECOM)
    expect(app.wecom.namesAsked).toBe(before + 1)
    app.wecom.names.set(reader, '陈静')
    app.clock.advance(DAY)
    const token = await app.login(reader, WECOM)
    expect((await me(token)).body).toMatchObject({ name: '陈静' })
  })

  test('a name with controls, direction marks and accents without end is cleaned and cut', async () => {
    const reader = fresh()
    app.wecom.names.set(
      reader,
      `\u202e陈\u0000默\u200b e\u0301${'\u0316'.repeat(50)}${'长'.repeat(80)}`,
    )
    const { name } = (await me(await app.login(reader, WECOM))).body
    expect(Array.from(name as string)).toHaveLength(64)
    expect(name).toMatch(/^陈 默 é\u0316{3,4}长+…$/u)
  })

  test('a name that shows nothing is none', async () => {
    const reader = fresh()
    app.wecom.names.set(reader, '\u3164\u200d\u2800 ')
    expect((await me(await app.login(reader, WECOM))).body).not.toHaveProperty('name')
  })
})

describe('where people name themselves', () => {
  test('a name is taken, marked as theirs, shown, changed and removed', async () => {
    const { alice, bob, roster } = await reading(WECHAT, fresh(), fresh())
    expect((await me(bob)).body).toMatchObject({ platform: 'wechat', nameFrom: 'self' })
    expect(await roster()).not.toHaveProperty('name')
    const answer = await call(bob, '陈默')
    expect(answer).toMatchObject({ status: 200, body: { name: '陈默', nameFrom: 'self' } })
    expect(await roster()).toMatchObject({ name: '陈默', nameFrom: 'self', code: answer.body.code })
    await call(bob, 'Chen Mo')
    expect(await roster()).toMatchObject({ name: 'Chen Mo' })
    expect((await call(bob, null)).body).not.toHaveProperty('name')
    expect(await roster()).not.toHaveProperty('name')
    expect((await me(alice)).body).not.toHaveProperty('name')
  })

  test('a client whose requests have no PATCH puts it', async () => {
    const token = await app.login(fresh())
    const put = await app.call('PUT', '/v1/me', { token, body: { name: '陈默' } })
    expect(put).toMatchObject({ status: 200, body: { name: '陈默' } })
    expectProblem(await app.call('PUT', '/v1/me', { token, body: {} }), 'ERR_INPUT')
    const elsewhere = await app.login(fresh(), WECOM)
    const refused = await app.call('PUT', '/v1/me', { token: elsewhere, body: { name: '陈默' } })
    expectProblem(refused, 'ERR_FORBIDDEN')
  })

  test('a second person with the same name has another code', async () => {
    const codes = []
    for (const person of [fresh(), fresh()]) {
      const token = await app.login(person)
      codes.push((await call(token, '陈默')).body.code)
    }
    expect(new Set(codes).size).toBe(2)
  })

  test.each([
    ['é in two characters becomes one', 'Rene\u0301', 'René'],
    ['blanks at the ends and between', '  陈 \u3000 默 ', '陈 默'],
    ['direction marks and zero-width blanks', '\u202e陈\u2066默\u200b\ufeff', '陈默'],
    ['a family of emoji stays whole', '👩‍👩‍👧 Li', '👩‍👩‍👧 Li'],
    ['32 characters outside the first plane', '𠮷'.repeat(32), '𠮷'.repeat(32)],
    ['right to left is written as it is', 'دانا', 'دانا'],
  ])('%s', async (_, given, kept) => {
    const token = await app.login(fresh())
    expect((await call(token, given)).body.name).toBe(kept)
  })

  test.each([
    ['empty', ''],
    ['blanks', '   '],
    ['nothing to see', '\u200b\u202e\u3164'],
    ['33 characters', '陈'.repeat(33)],
    ['33 outside the first plane', '𠮷'.repeat(33)],
    ['more than 32 in NFC', '\u0958'.repeat(17)],
    ['a line break', '陈\n默'],
    ['a control', '陈\u0007默'],
    ['NUL', '陈\u0000默'],
    ['half of a character', '陈\ud800'],
    ['a number', 7],
    ['a list', ['陈默']],
    ['undefined', undefined],
  ])('no name: %s; the one before stays', async (_, given) => {
    const token = await app.login(fresh())
    await call(token, '陈默')
    const refused = await call(token, given)
    expectProblem(refused, 'ERR_INPUT')
    expect(refused.body.issues[0].path).toBe('name')
    expect((await me(token)).body.name).toBe('陈默')
  })

  test('the audit knows of each change, and of no name; the same name again is none', async () => {
    const token = await app.login(fresh())
    const { id } = (await me(token)).body
    for (const name of ['陈默', '陈默', null]) await call(token, name)
    const entries = await app.storage.manager.findBy(AuditEntryEntity, {
      actor: id,
      kind: 'person.name',
    })
    expect(entries).toHaveLength(2)
    expect(JSON.stringify(entries)).not.toContain('陈默')
  })

  test('sixty changes an hour, then a wait that says how long', async () => {
    const token = await app.login(fresh())
    for (let i = 0; i < 60; i++) expect((await call(token, `n${i}`)).status).toBe(200)
    const refused = await call(token, 'one more')
    expectProblem(refused, 'ERR_RATE_LIMITED')
    expect(refused.headers['retry-after']).toBe(String(HOUR / 1000))
    expect((await me(token)).body.name).toBe('n59')
    app.clock.advance(HOUR)
    expect((await call(token, 'one more')).status).toBe(200)
  })

  test('changes that a process with a clock a little ahead recorded count, too', async () => {
    const token = await app.login(fresh())
    for (let i = 0; i < 60; i++) expect((await call(token, `n${i}`)).status).toBe(200)
    app.clock.advance(-1000)
    const refused = await call(token, 'one more')
    app.clock.advance(1000)
    expectProblem(refused, 'ERR_RATE_LIMITED')
    expect((await me(token)).body.name).toBe('n59')
  })
})

describe('a name at rest', () => {
  test('is sealed, and is in the person’s copy', async () => {
    const token = await app.login(fresh())
    const { id } = (await call(token, '只在这里')).body
    const row = await app.storage.manager.findOneByOrFail(ViewerEntity, { id })
    expect(row.sealedName).not.toBeNull()
    expect(JSON.stringify(row)).not.toContain('只在这里')
    const copy = await app.call('GET', '/v1/me/export', { token })
    expect(JSON.parse(copy.text).tables.viewers.rows[0]).toMatchObject({
      sealedName: '只在这里',
      nameFrom: 'self',
    })
  })

  test('goes with the person; the roster keeps a reader without name', async () => {
    const { bob, roster } = await reading(WECHAT, fresh(), fresh())
    await call(bob, '陈默')
    const { id, code } = (await me(bob)).body
    expect((await app.call('DELETE', '/v1/me', { token: bob })).status).toBe(204)
    const left = await roster()
    expect(left).toEqual({ id: expect.any(String), code: expect.stringMatching(CODE) })
    expect(left.id).not.toBe(id)
    expect(left.code).not.toBe(code)
  })

  test('an envelope of another person does not open here: no name, and the opening stays', async () => {
    const { bob, roster } = await reading(WECHAT, fresh(), fresh())
    const other = await app.login(fresh())
    const { id } = (await call(bob, '陈默')).body
    const { id: otherId } = (await call(other, '林晓')).body
    const { manager } = app.storage
    const { sealedName } = await manager.findOneByOrFail(ViewerEntity, { id: otherId })
    await manager.update(ViewerEntity, { id }, { sealedName })
    expect(await roster()).toEqual({ id, code: expect.stringMatching(CODE) })
  })
})

describe('names are switched off', () => {
  test.each([WECHAT, WECOM])('in %s nothing is fetched, taken, stored or shown', async (appId) => {
    const off = await TestApp.start(policy('off'))
    try {
      const [owner, reader] = [fresh(), fresh()]
      off.wecom.names.set(owner, '林晓').set(reader, '陈默')
      const { bob, opened, roster } = await reading(appId, owner, reader, off)
      expect(off.wecom.namesAsked).toBe(0)
      expect(opened.sender).toEqual({ id: expect.any(String), code: expect.stringMatching(CODE) })
      expect(opened.watermark).toMatch(/^[0-9A-Z]{6} 2026-01-01 08:00$/)
      expect(await roster()).not.toHaveProperty('name')
      const refused = await off.call('PATCH', '/v1/me', { token: bob, body: { name: '陈默' } })
      expectProblem(refused, 'ERR_FORBIDDEN')
      const mine = await off.call('GET', '/v1/me', { token: bob })
      expect(mine.body).toMatchObject({ nameFrom: 'off' })
      const rows = await off.storage.manager.find(ViewerEntity)
      expect(
        rows.map(({ sealedName, nameFrom, namedAt }) => [sealedName, nameFrom, namedAt]),
      ).toEqual(rows.map(() => [null, null, null]))
    } finally {
      await off.stop()
    }
  })

  test.each(['off', 'platform'] as const)(
    'names that people gave are hidden at once under "%s", and erased by the next run',
    async (names) => {
      const { bob, roster } = await reading(WECHAT, fresh(), fresh())
      const { id } = (await call(bob, '陈默')).body
      expect(await roster()).toHaveProperty('name')
      const later = await app.beside(policy(names))
      try {
        const seen = await later.call('GET', '/v1/me', { token: bob })
        expect(seen.body).not.toHaveProperty('name')
        await later.nest.get(Jobs).poll('names')
        const row = await later.storage.manager.findOneByOrFail(ViewerEntity, { id })
        expect(row).toMatchObject({ sealedName: null, nameFrom: null, namedAt: null })
      } finally {
        await later.nest.close()
      }
    },
  )
})

test('a platform that tells this app no name is asked again after a day', async () => {
  const reader = fresh()
  const before = app.wecom.namesAsked
  await app.login(reader, WECOM)
  await app.login(reader, WECOM)
  expect(app.wecom.namesAsked).toBe(before + 1)
})

test('an error of the platform’s own is asked about again at the next login', async () => {
  const reader = fresh()
  const before = app.wecom.namesAsked
  app.wecom.onName = async () => {
    throw new PlatformError('user/get', 45009, 'api freq out of limit')
  }
  await app.login(reader, WECOM)
  app.wecom.onName = async () => {}
  app.wecom.names.set(reader, '陈默')
  expect((await me(await app.login(reader, WECOM))).body).toMatchObject({ name: '陈默' })
  expect(app.wecom.namesAsked).toBe(before + 2)
})

test('times that people read are in the app’s time zone', async () => {
  const zoned = await TestApp.start({
    apps: testConfig('').apps.map((one) => ({ ...one, timeZone: 'America/New_York' })),
  })
  try {
    const { opened } = await reading(WECHAT, fresh(), fresh(), zoned)
    expect(opened.watermark).toMatch(/ 2025-12-31 19:00$/)
  } finally {
    await zoned.stop()
  }
})
