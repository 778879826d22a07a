import { verifyAudit } from '../../../src/audit/verify-audit.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { MINUTE } from '../../../src/core/time.js'
import { PersonService } from '../../../src/lifecycle/person.service.js'
import { type PendingLogin, LoginGroups } from '../../../src/members/sessions/login-groups.js'
import { SessionEntity } from '../../../src/members/sessions/session.entity.js'
import {
  ViewerKeysEntity,
  ViewerKeysRepository,
} from '../../../src/members/sessions/viewer-keys.js'
import { ViewerRepository } from '../../../src/members/sessions/viewer.repository.js'
import { ROOMY, WECHAT } from '../../kit/config.js'
import { inSharedTransactions } from '../../kit/held-transactions.js'
import { againOverPostgres } from '../../kit/on-postgres.js'
import { counted, times } from '../../kit/opening-databases.js'
import { key } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

const PEOPLE = times(40, (n) => `p${n}`)

const suite = (): void => {
  let app: TestApp
  beforeEach(async () => {
    app = await TestApp.start({ limits: { ...ROOMY, loginsPerPersonPerMinute: 4 } })
  })
  afterEach(() => app.stop())

  const groups = (of = app) => of.nest.get(LoginGroups, { strict: false })
  const idOf = async (name: string) =>
    (await app.nest.get(ViewerRepository, { strict: false }).find(WECHAT, name))?.id ?? ''
  let tokens = 0
  const login = (viewerId: string, sessionKey = 'k'): PendingLogin => {
    const tokenHash = `hash-${(tokens += 1)}`
    return { viewerId, appId: WECHAT, tokenHash, sessionKey }
  }
  const begun = () => app.storage.manager.count(SessionEntity)
  const told = (decision: string) =>
    app.storage.manager.countBy(AuditEntryEntity, { kind: 'session.open', decision })
  const expectIntact = async () =>
    expect(await verifyAudit(app.storage, app.nest.get(Vault))).toMatchObject({ faults: [] })

  test('a person begins exactly as many sessions in one group as the minute has left; keys rotate in order', async () => {
    await app.login('ann')
    await app.login('bob')
    const [ann, bob] = [await idOf('ann'), await idOf('bob')]
    app.clock.advance(1000)
    const logins = times(6, (n) => login(ann, `k${n}`))
    const outcomes = await groups().startGroup([...logins, login(bob)])
    const now = app.clock.now()
    const later = { at: now, retryAfter: 59 }
    expect(outcomes.map(({ value }) => value)).toEqual([
      ...times(3, () => ({ at: now, retryAfter: 0 })),
      ...times(3, () => later),
      { at: now, retryAfter: 0 },
    ])
    expect([await begun(), await told('done'), await told('refused')]).toEqual([6, 6, 3])
    const row = await app.storage.manager.findOneByOrFail(ViewerKeysEntity, { viewerId: ann })
    // Also a login that came too early brought a key of the platform's.
    expect(app.nest.get(ViewerKeysRepository, { strict: false }).current(row)).toMatchObject({
      current: 'k5',
      previous: 'k4',
    })
    app.clock.advance(MINUTE - 1000)
    expect((await groups().startGroup([login(ann)]))[0]?.value?.retryAfter).toBe(0)
    await expectIntact()
  })

  test('an erased person has no session, and every other one of the group has', async () => {
    for (const name of ['ann', 'bob', 'cat']) await app.login(name)
    const ids = [await idOf('ann'), await idOf('bob'), await idOf('cat')]
    await app.nest
      .get(PersonService, { strict: false })
      .erase({ app: WECHAT, viewerKey: 'bob' }, { actor: 'test' })
    const outcomes = await groups().startGroup(ids.map((id) => login(id)))
    expect(outcomes.map(({ value, error }) => value?.retryAfter ?? error)).toMatchObject([
      0,
      { code: 'ERR_SESSION' },
      0,
    ])
    expect(await app.storage.manager.countBy(SessionEntity, { viewerId: ids[1] ?? '' })).toBe(0)
    await expectIntact()
  })

  test('a login that the database refuses fails alone', async () => {
    for (const name of PEOPLE) await app.login(name)
    const ids = await Promise.all(PEOPLE.map(idOf))
    await app.storage.query(
      app.storage.options.type === 'postgres'
        ? `ALTER TABLE sessions ADD CONSTRAINT refuse_one CHECK (token_hash <> 'refused')`
        : `CREATE TRIGGER refuse_one BEFORE INSERT ON sessions WHEN new.token_hash = 'refused'
          BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    )
    const logins = ids.map((id, n) => ({ ...login(id), ...(n === 13 && { tokenHash: 'refused' }) }))
    const outcomes = await groups().startGroup(logins)
    expect(outcomes.flatMap(({ value }, n) => (value ? [] : [n]))).toEqual([13])
    expect([await begun(), await told('done')]).toEqual([79, 79])
    await expectIntact()
  })

  test('logins that come at once share transactions, and every token is its own person’s', async () => {
    for (const name of PEOPLE) await app.login(name)
    const ask = (name: string) => () =>
      app.call('POST', '/v1/sessions', { body: { app: WECHAT, code: `${name}|${key(name)}` } })
    const { answers, transactions } = await inSharedTransactions(
      app,
      [groups(), 'start'],
      PEOPLE.map(ask),
    )
    expect(answers.map(({ status }) => status)).toEqual(PEOPLE.map(() => 201))
    expect(answers.map(({ body }) => body.viewer.id)).toEqual(await Promise.all(PEOPLE.map(idOf)))
    // The first may begin with few members. All others share the second.
    expect(transactions).toBeLessThanOrEqual(2)
    const { status } = await app.call('GET', '/v1/cards?box=sent', {
      token: answers[7]?.body.token,
    })
    expect(status).toBe(200)
    await expectIntact()
  })

  test('one person’s logins at two processes at once are as many as the limit', async () => {
    await app.login('ann')
    const ann = await idOf('ann')
    const beside = await app.beside()
    const all = times(30, (n) => groups(n % 2 ? app : beside).start(login(ann)))
    const results = (await Promise.all(all)).map(({ retryAfter }) =>
      retryAfter ? 'later' : 'begun',
    )
    expect(counted(results)).toEqual({ begun: 3, later: 27 })
    await beside.nest.close()
    await expectIntact()
  })
}

describe('B5 logins in groups', suite)
againOverPostgres({ 'logins in groups': suite })
