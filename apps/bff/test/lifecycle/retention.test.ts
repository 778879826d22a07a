import { existsSync, readFileSync } from 'node:fs'
import { IsNull, Not } from 'typeorm'
import { DAY, HOUR } from '../../src/core/time.js'
import { PersonService } from '../../src/lifecycle/person.service.js'
import { retentionRules, RetentionService } from '../../src/lifecycle/retention.service.js'
import { CardEntity } from '../../src/members/cards/card.entity.js'
import { PreviousKeys } from '../../src/members/sessions/viewer-keys.js'
import { ShareEntity } from '../../src/members/shares/share.entity.js'
import { JobLog } from '../../src/observability/job-log.js'
import { AccessTokenEntity } from '../../src/platforms/tokens/access-token.entity.js'
import { WECHAT } from '../kit/config.js'
import { key, wechatProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await TestApp.start()
})
afterEach(() => app.stop())

const purge = () => app.nest.get(RetentionService).run()
const count = async (table: string, where = '1 = 1') =>
  Number((await app.storage.query(`SELECT count(*) n FROM ${table} WHERE ${where}`))[0].n)

describe('G3 what has served its purpose goes', () => {
  test('content within 24 h of revocation or expiry; the card and its counts stay', async () => {
    const alice = await app.login('alice')
    const expiresAt = new Date(app.clock.now() + HOUR).toISOString()
    const revoked = await app.shared(alice)
    const expired = await app.shared(alice, { policy: { expiresAt } })
    const active = await app.shared(alice)
    await app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: alice })
    await purge()
    expect(await count('cards', 'sealed_body IS NULL')).toBe(0)
    app.clock.advance(DAY)
    await purge()
    expect(await count('cards', 'sealed_body IS NULL AND sealed_title IS NULL')).toBe(2)
    const read = (id: string) => app.call('GET', `/v1/cards/${id}`, { token: alice })
    expect((await read(revoked.cardId)).body).toMatchObject({
      title: '',
      body: '',
      status: 'revoked',
    })
    expect((await read(expired.cardId)).body).toMatchObject({
      title: '',
      body: '',
      status: 'expired',
    })
    expect((await read(active.cardId)).body).toMatchObject({ body: 'The secret', status: 'active' })
    expect(await count('audit_entries', "kind = 'card.erase'")).toBe(2)
  })

  test('a run of a process that stops erases nothing more', async () => {
    const alice = await app.login('alice')
    const card = await app.shared(alice)
    await app.call('POST', `/v1/cards/${card.cardId}/revoke`, { token: alice })
    app.clock.advance(DAY)
    const stop = new AbortController()
    stop.abort()
    expect(await app.nest.get(RetentionService).run(stop.signal)).toBe(0)
    expect(await count('cards', 'sealed_body IS NULL')).toBe(0)
  })

  test('session keys and sessions after three days, the previous key after five minutes', async () => {
    await app.login('alice')
    await app.login('alice', undefined, 'k2')
    expect(await count('viewer_keys', 'previous_key IS NOT NULL')).toBe(1)
    app.clock.advance(5 * 60_000)
    await app.nest.get(PreviousKeys, { strict: false }).erase()
    expect(await count('viewer_keys', 'previous_key IS NOT NULL')).toBe(0)
    app.clock.advance(3 * DAY)
    await purge()
    expect([await count('viewer_keys'), await count('sessions')]).toEqual([0, 0])
  })

  test('idempotency keys after 48 h and not before 24 h', async () => {
    const alice = await app.login('alice')
    const headers = { 'idempotency-key': 'k' }
    await app.call('POST', '/v1/cards', { token: alice, body: { title: 'T', body: 'B' }, headers })
    app.clock.advance(DAY)
    await purge()
    expect(await count('idempotency_keys')).toBe(1)
    app.clock.advance(DAY)
    await purge()
    expect(await count('idempotency_keys')).toBe(0)
  })

  test('what is declared when it cannot be shared any more; openings after 180 days', async () => {
    const alice = await app.login('alice')
    const bob = await app.login('bob')
    const { shareId, declared } = await app.shared(alice)
    await app.open(bob, shareId, wechatProof(key('bob'), declared))
    app.clock.advance(7 * DAY)
    await purge()
    expect(await count('shares', 'sealed_value IS NOT NULL')).toBe(0)
    expect([await count('openings'), await count('proofs')]).toEqual([1, 1])
    // The verify window is over; by a clock that is behind it is not. A proof is known for longer than its share.
    app.clock.advance(143 * DAY)
    await purge()
    expect([await count('shares'), await count('proofs')]).toEqual([0, 1])
    app.clock.advance(DAY)
    await purge()
    expect(await count('proofs')).toBe(0)
    app.clock.advance(29 * DAY)
    await purge()
    for (const table of ['openings', 'proofs', 'shares']) {
      expect({ table, rows: await count(table) }).toEqual({ table, rows: 0 })
    }
    expect(await count('cards', 'sealed_body IS NOT NULL')).toBe(1)
  })

  test.each([2, 29, 30, 31, 40])(
    'B6 a used proof is refused after a clock was ahead of the verify window by %i days',
    async (days) => {
      const { shareId, declared } = await app.shared(await app.login('alice'))
      const proof = wechatProof(key('bob'), declared)
      expect((await app.open(await app.login('bob'), shareId, proof)).status).toBe(201)
      app.clock.advance((120 + days) * DAY)
      await purge()
      app.clock.advance(-(120 + days) * DAY + HOUR)
      const again = await app.open(await app.login('bob'), shareId, proof)
      expect(again.body.code).toBe('ERR_PROOF_REJECTED')
    },
  )

  test('B6 a proof stays while its share does, however late it is', async () => {
    const { shareId, declared } = await app.shared(await app.login('alice'))
    const proof = wechatProof(key('bob'), declared)
    await app.open(await app.login('bob'), shareId, proof)
    app.clock.advance(160 * DAY)
    const { manager } = app.storage
    const find = manager.find.bind(manager)
    const spy = jest
      .spyOn(manager, 'find')
      .mockImplementation(((entity: never, options: never) =>
        entity === ShareEntity ? Promise.reject(new Error('no')) : find(entity, options)) as never)
    await expect(purge()).rejects.toThrow('rules failed')
    spy.mockRestore()
    app.clock.advance(-160 * DAY + HOUR)
    const again = await app.open(await app.login('bob'), shareId, proof)
    expect(again.body.code).toBe('ERR_PROOF_REJECTED')
    app.clock.advance(160 * DAY)
    await purge()
    expect([await count('shares'), await count('proofs')]).toEqual([0, 0])
  })

  test('the roster row of a reader after 180 idle days, but not while the card can be opened', async () => {
    const policy = { maxOpensPerViewer: 1 }
    const { cardId, shareId, declared } = await app.shared(await app.login('alice'), { policy })
    await app.open(await app.login('bob'), shareId, wechatProof(key('bob'), declared))
    app.clock.advance(181 * DAY)
    await purge()
    expect(await count('card_viewers')).toBe(1)
    const alice = await app.login('alice')
    const { body } = await app.call('POST', `/v1/cards/${cardId}/shares`, { token: alice })
    const proof = wechatProof(key('bob'), body.declare.activityId)
    const again = await app.open(await app.login('bob'), body.id, proof)
    expect(again.body.code).toBe('ERR_VIEW_LIMIT')
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    await purge()
    expect(await count('card_viewers')).toBe(0)
  })

  test('what a login wrote while the clock was a year ahead goes once it is right', async () => {
    app.clock.advance(365 * DAY)
    await app.login('alice')
    app.clock.advance(-365 * DAY)
    const bob = await app.login('bob')
    await purge()
    expect([await count('sessions'), await count('viewer_keys')]).toEqual([1, 1])
    expect((await app.call('GET', '/v1/cards', { token: bob })).status).toBe(200)
  })

  test('a previous key that was retired while the clock was ahead goes once it is right', async () => {
    await app.login('alice')
    app.clock.advance(HOUR)
    await app.login('alice', undefined, 'k2')
    app.clock.advance(-HOUR)
    const previous = app.nest.get(PreviousKeys, { strict: false })
    expect(await previous.erase()).toBe(1)
    await app.login('alice', undefined, 'k3')
    // By another process's clock, which is a little behind.
    app.clock.advance(-60_000)
    expect(await previous.erase()).toBe(0)
    expect(await count('viewer_keys', 'previous_key IS NOT NULL')).toBe(1)
  })

  test('an access token from a clock that was ahead goes once it is right, one that holds does not', async () => {
    const tokens = app.storage.getRepository(AccessTokenEntity)
    const row = (appId: string, fetchedAt: number) =>
      tokens.insert({
        appId,
        envelope: 'v1.sealed',
        fetchedAt,
        refreshAt: fetchedAt + HOUR,
        expiresAt: fetchedAt + 2 * HOUR,
        leaseOwner: null,
        leaseUntil: 0,
        forcedAt: 0,
        forcedDay: 0,
        forcedCount: 0,
      })
    await row('ahead', app.clock.now() + 2 * DAY)
    await row('holds', app.clock.now())
    await purge()
    const kept = await tokens.findBy({ envelope: Not(IsNull()) })
    expect(kept.map(({ appId }) => appId)).toEqual(['holds'])
  })

  test('a key that a login renews during the run stays', async () => {
    await app.login('alice')
    app.clock.advance(3 * DAY)
    const transaction = app.storage.transaction.bind(app.storage)
    // The rows that were due have been read; before they are deleted, she logs in again.
    const spy = jest.spyOn(app.storage, 'transaction').mockImplementationOnce((async (
      work: never,
    ) => {
      spy.mockRestore()
      await app.login('alice')
      return transaction(work)
    }) as never)
    await purge()
    expect(await count('viewer_keys')).toBe(1)
    expect(await count('sessions')).toBe(1)
  })

  test('what was erased, and when it last ran, are metrics', async () => {
    await app.login('alice')
    app.clock.advance(3 * DAY)
    await purge()
    const { text } = await app.call('GET', '/metrics')
    expect(text).toContain('sealcard_retention_rows_total{rule="session_keys"} 1')
    const seconds = app.clock.now() / 1000
    expect(text).toContain(`sealcard_retention_last_success_timestamp_seconds ${seconds}`)
  })

  test('a rule that fails stops no other, and is logged without its values', async () => {
    await app.login('alice')
    app.clock.advance(3 * DAY)
    const { manager } = app.storage
    const find = manager.find.bind(manager)
    const broken = Object.assign(new Error('CANARY'), { code: 'SQLITE_CORRUPT' })
    const spy = jest
      .spyOn(manager, 'find')
      .mockImplementation(((entity: never, options: never) =>
        entity === CardEntity ? Promise.reject(broken) : find(entity, options)) as never)
    const told = jest.spyOn(app.nest.get(JobLog), 'jobFailed')
    await expect(purge()).rejects.toMatchObject({ errors: [broken, broken] })
    expect(told.mock.calls).toEqual([
      ['retention: content', broken],
      ['retention: cards', broken],
    ])
    expect([await count('viewer_keys'), await count('sessions')]).toEqual([0, 0])
    const last = async () =>
      /retention_last_success_timestamp_seconds (\d+)/.exec(
        (await app.call('GET', '/metrics')).text,
      )?.[1]
    expect(await last()).toBe('0')
    spy.mockRestore()
    await purge()
    expect(await last()).not.toBe('0')
  })

  test('what was erased before a rule failed is in no log of the database', async () => {
    await app.login('alice')
    app.clock.advance(3 * DAY)
    const last = retentionRules(app.storage).at(-1)?.entity
    const { manager } = app.storage
    const find = manager.find.bind(manager)
    const spy = jest
      .spyOn(manager, 'find')
      .mockImplementation(((entity: never, options: never) =>
        entity === last ? Promise.reject(new Error('no')) : find(entity, options)) as never)
    await expect(purge()).rejects.toThrow('1 rules failed')
    spy.mockRestore()
    const log = `${String(app.storage.options.database)}-wal`
    expect(existsSync(log) ? readFileSync(log).length : 0).toBe(0)
  })

  test.each(['40001', '40P01'])(
    'what loses against another transaction is tried again, %s',
    async (code) => {
      await app.login('alice')
      app.clock.advance(3 * DAY)
      const spy = jest.spyOn(app.storage, 'transaction')
      for (let i = 0; i < 3; i++)
        spy.mockRejectedValueOnce(Object.assign(new Error('lost'), { code }))
      await purge()
      spy.mockRestore()
      expect([await count('viewer_keys'), await count('sessions')]).toEqual([0, 0])
    },
  )

  test('again does nothing', async () => {
    const alice = await app.login('alice')
    const { cardId } = await app.shared(alice)
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    app.clock.advance(10 * DAY)
    expect(await purge()).toBeGreaterThan(0)
    expect(await purge()).toBe(0)
  })
})

describe('what is erased is in no file any more', () => {
  /** Of every sealed text of the table, pieces from the whole length of it. */
  const envelopes = async (table: string): Promise<string[]> => {
    const rows: Record<string, unknown>[] = await app.storage.query(`SELECT * FROM ${table}`)
    const texts = rows.flatMap((row) =>
      Object.values(row).filter((value) => String(value).startsWith('v1.')),
    )
    return texts.map(String).flatMap((text) => text.match(/.{40}/g) ?? [])
  }
  /** How many of them lie in the database's files. */
  const found = (pieces: readonly string[]): number => {
    const file = String(app.storage.options.database)
    const files = ['', '-wal', '-journal'].map((end) => file + end).filter(existsSync)
    const bytes = Buffer.concat(files.map((one) => readFileSync(one)))
    return pieces.filter((piece) => bytes.includes(piece)).length
  }
  const long = (text: string) => `${text} `.repeat(1_500)

  test('G3 content after retention, neither in the database nor in its log', async () => {
    const alice = await app.login('alice')
    const { cardId } = await app.shared(alice, { body: long('gone') })
    const gone = await envelopes('cards')
    const kept = await app.shared(alice, { body: long('kept') })
    const stays = (await envelopes('cards')).filter((piece) => !gone.includes(piece))
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    app.clock.advance(DAY)
    expect(found(gone)).toBe(gone.length)
    await purge()
    expect(found(gone)).toBe(0)
    // The rest is there still: it was looked for in the right place. Pieces that cross a page are cut.
    expect(found(stays)).toBeGreaterThan(stays.length / 2)
    const { body } = await app.call('GET', `/v1/cards/${kept.cardId}`, {
      token: await app.login('alice'),
    })
    expect(body.body).toBe(long('kept'))
  })

  test('G4 a person at once', async () => {
    await app.shared(await app.login('alice'), { body: long('gone') })
    const tables = ['cards', 'viewers', 'viewer_keys']
    const gone = (await Promise.all(tables.map(envelopes))).flat()
    expect(found(gone)).toBeGreaterThan(gone.length / 2)
    const people = app.nest.get(PersonService, { strict: false })
    await people.erase({ app: WECHAT, viewerKey: 'alice' }, { actor: 'test' })
    expect(found(gone)).toBe(0)
  })
})

describe('the windows of a share', () => {
  test.each([
    ['-1 s', 120 * DAY - 1000, 201],
    ['0', 120 * DAY, 410],
    ['+1 s', 120 * DAY + 1000, 410],
  ])('B8 120 days to open, %s', async (_, after, status) => {
    const { shareId, declared } = await app.shared(await app.login('alice'))
    app.clock.advance(after)
    const bob = await app.login('bob')
    const answer = await app.open(bob, shareId, wechatProof(key('bob'), declared))
    expect(answer.status).toBe(status)
    if (status === 410) expect(answer.body.code).toBe('ERR_VERIFY_WINDOW_CLOSED')
  })

  test.each([
    ['-1 s', 6 * DAY - 1000, true],
    ['0', 6 * DAY, true],
    ['+1 s', 6 * DAY + 1000, false],
  ])('B8 a share is given again while a day of its 7 is left, %s', async (_, after, same) => {
    const { cardId, shareId } = await app.shared(await app.login('alice'))
    app.clock.advance(after)
    const alice = await app.login('alice')
    const { body } = await app.call('POST', `/v1/cards/${cardId}/shares`, { token: alice })
    expect(body.id === shareId).toBe(same)
  })
})
