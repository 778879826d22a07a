import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { AdminSessionEntity } from '../../src/accounts/admin-sessions.js'
import { AutomationTokenEntity } from '../../src/accounts/automation-token.entity.js'
import { AutomationTokens } from '../../src/accounts/automation-tokens.js'
import { SetupTokenEntity } from '../../src/accounts/setup-tokens.js'
import { AuditLog } from '../../src/audit/audit-log.js'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { Secret } from '../../src/core/config/secret.js'
import { sha256 } from '../../src/core/crypto/digest.js'
import { DAY } from '../../src/core/time.js'
import { GiversOfSetups1770000021000 } from '../../src/schema/migrations/1770000021000-givers-of-setups.js'
import {
  administrator,
  type Administrator,
  type Browser,
  by,
  enter,
} from '../kit/administrators.js'
import { IN_MEMORY } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import { type Answer, TestApp } from '../kit/test-app.js'

const OWN = 'own-token-of-the-configuration-000000000'
const NEW = 'another long password'

let app: TestApp
let root: Administrator
let rootBrowser: Browser
let ann: Administrator
let annBrowser: Browser
let name = 0

const begin = async (change: object) => {
  app = await TestApp.start({ ...change, adminToken: new Secret(OWN) })
  root = await administrator(app)
  ann = await administrator(app, 'ann')
  rootBrowser = await enter(app, root)
  annBrowser = await enter(app, ann)
}
beforeEach(() => begin(IN_MEMORY))
afterEach(() => app.stop())

type Means = Browser | { readonly token: string }
const post = (means: Means, path: string, body?: unknown): Promise<Answer> =>
  'token' in means
    ? app.call('POST', `/v1/admin/${path}`, {
        token: means.token,
        ...(body !== undefined && { body }),
      })
    : by(app, means, 'POST', path, body)
const good = async (answer: Promise<Answer>) => {
  const { status, body, text } = await answer
  if (status > 201) throw new Error(text)
  return body
}

const at = (ms: number) => new Date(app.clock.now() + ms).toISOString()
const makeToken = async (means: Means, role = 'admin'): Promise<{ id: string; token: string }> =>
  good(post(means, 'tokens', { name: 'ci', role, expiresAt: at(30 * DAY) }))
const invite = async (means: Means) =>
  good(post(means, 'accounts', { name: `invited-${(name += 1)}`, role: 'admin' }))
const change = (what: string, id = ann.id, body?: object): Promise<Answer> =>
  post(rootBrowser, `accounts/${id}/${what}`, body)
const worth = async (token: string) =>
  (await app.call('GET', '/v1/admin/session', { token })).status
const redeem = async (token: string) =>
  (await app.call('POST', '/v1/admin/setup', { body: { token, password: NEW } })).status
const told = (kind: string) => app.storage.manager.findBy(AuditEntryEntity, { kind })
const service = <T>(type: new (...args: never[]) => T): T => app.nest.get(type, { strict: false })

/** As the version before made them: any token of the role admin made others. */
const madeByToken = async (maker: string): Promise<{ id: string; token: string }> => {
  const token = `sct_${Buffer.alloc(32, (name += 1)).toString('base64url')}`
  const id = `made-by-a-token-${name}`
  const row = {
    id,
    name: 'old',
    tokenHash: sha256(token, 'base64url'),
    role: 'admin' as const,
    createdAt: app.clock.now(),
    createdBy: `token:${maker}`,
    expiresAt: app.clock.now() + 300 * DAY,
    lastUsedAt: null,
    revokedAt: null,
  }
  await service(AuditLog).transact(async ({ manager, record }) => {
    await manager.insert(AutomationTokenEntity, row)
    record({ kind: 'token.create', actor: row.createdBy, subject: id, decision: 'done' })
  })
  return { id, token }
}

describe('what an administrator gave ends with the account that gave it', () => {
  test.each([
    ['disabled', 'disable', undefined, ''],
    ['reset', 'reset', undefined, ''],
    ['made an operator', 'role', { role: 'operator' }, 'role=operator '],
    ['made an auditor', 'role', { role: 'auditor' }, 'role=auditor '],
  ])('%s', async (_, what, body, detail) => {
    const tokens = [await makeToken(annBrowser), await makeToken(annBrowser, 'auditor')]
    const invited = [await invite(annBrowser), await invite(annBrowser)]
    const others = await makeToken(rootBrowser)
    const othersInvited = await invite(rootBrowser)
    const inUse = await invite(annBrowser)
    expect(await redeem(inUse.setup.token)).toBe(201)
    const answer = await change(what, ann.id, body)
    expect(answer.status).toBe(200)
    expect(answer.body.ended).toEqual({ logins: 1, tokens: 2, invitations: 2 })
    for (const { token } of tokens) expect(await worth(token)).toBe(401)
    for (const { setup } of invited) expect(await redeem(setup.token)).toBe(401)
    expect(await worth(others.token)).toBe(200)
    expect(await redeem(othersInvited.setup.token)).toBe(201)
    const reason = `address=127.0.0.1 ${detail}ended=1 tokens=2 invitations=2`
    expect(await told(`admin.${what}`)).toMatchObject([{ subject: ann.id, reason }])
    const revoked = (await told('token.revoke')).map(({ subject, actor, reason }) => ({
      subject,
      actor,
      reason,
    }))
    const by = { actor: `admin:${root.id}`, reason: `address=127.0.0.1 giver=admin:${ann.id}` }
    expect(revoked).toEqual(
      expect.arrayContaining(tokens.map(({ id }) => ({ subject: id, ...by }))),
    )
    expect(revoked).toHaveLength(2)
  })

  test('enabled again, or given the role again, it stays ended', async () => {
    const { token } = await makeToken(annBrowser)
    const { setup } = await invite(annBrowser)
    await good(change('disable'))
    const enabled = await good(change('enable'))
    expect(enabled.ended).toEqual({ logins: 0, tokens: 0, invitations: 0 })
    await good(change('role', ann.id, { role: 'operator' }))
    await good(change('role', ann.id, { role: 'admin' }))
    expect([await worth(token), await redeem(setup.token)]).toEqual([401, 401])
  })

  test('a role that makes tokens, too, ends none', async () => {
    const { token } = await makeToken(annBrowser)
    const { body } = await change('role', ann.id, { role: 'admin' })
    expect(body.ended).toEqual({ logins: 1, tokens: 0, invitations: 0 })
    expect(await worth(token)).toBe(200)
  })

  test('of another’s account that it reset, too; the account’s own token is good', async () => {
    const ben = await administrator(app, 'ben')
    const reset = await good(post(annBrowser, `accounts/${ben.id}/reset`))
    expect((await good(change('disable'))).ended.invitations).toBe(1)
    expect(await redeem(reset.setup.token)).toBe(401)
    const own = await good(change('reset', ben.id))
    expect(await redeem(own.setup.token)).toBe(201)
  })

  test('nothing ends when the last administrator is not disabled after all', async () => {
    await good(change('disable'))
    const { token } = await makeToken(rootBrowser)
    expectProblem(await change('disable', root.id), 'ERR_INPUT')
    expect(await worth(token)).toBe(200)
  })

  test('an administrator who is disabled, demoted or reset while giving access gives none', async () => {
    const [session] = await app.storage.manager.findBy(AdminSessionEntity, { accountId: ann.id })
    const login = {
      sessionId: session?.id ?? '',
      accountId: ann.id,
      name: 'ann',
      enrolled: true,
      endsAt: 0,
    }
    const principal = { actor: `admin:${ann.id}`, address: '127.0.0.1', login }
    const input = { name: 'late', role: 'admin', expiresAt: at(DAY) } as const
    const accounts = service(AdminAccountsService)
    const late = [
      () => service(AutomationTokens).create(input, principal),
      () => accounts.invite('late', 'admin', principal),
      () => accounts.reset(root.id, principal),
      () => accounts.enable(ann.id, principal),
      () => accounts.changeRole(ann.id, 'admin', principal),
    ]
    for (const [what, body] of [['reset'], ['role', { role: 'operator' }], ['disable']] as const) {
      await good(change(what, ann.id, body))
      for (const give of late) await expect(give()).rejects.toMatchObject({ code: 'ERR_SESSION' })
    }
    expect(await app.storage.manager.findBy(AutomationTokenEntity, { name: 'late' })).toEqual([])
  })
})

describe('what tokens made before they could not', () => {
  test('ends with the account at the beginning, over tokens that are revoked or forgotten', async () => {
    const first = await makeToken(annBrowser)
    const second = await madeByToken(first.id)
    const third = await madeByToken(second.id)
    const ofRoot = await madeByToken((await makeToken(rootBrowser)).id)
    const ofMachine = await madeByToken('env')
    await good(post(rootBrowser, `tokens/${first.id}/revoke`))
    // As retention does, 180 days after its end.
    await app.storage.manager.delete(AutomationTokenEntity, { id: second.id })
    expect(await worth(third.token)).toBe(200)
    expect((await good(change('disable'))).ended.tokens).toBe(1)
    expect(await worth(third.token)).toBe(401)
    expect([await worth(ofRoot.token), await worth(ofMachine.token)]).toEqual([200, 200])
  })

  test('accounts that made each other in a circle end nothing, and nothing waits', async () => {
    const one = await madeByToken('made-by-a-token-x')
    await app.storage.manager.update(
      AutomationTokenEntity,
      { id: one.id },
      { createdBy: `token:${one.id}` },
    )
    expect((await good(change('disable'))).ended.tokens).toBe(0)
    expect(await worth(one.token)).toBe(200)
  })
})

describe('an upgrade', () => {
  beforeEach(async () => {
    await app.stop()
    await begin({})
  })

  test('ends what accounts gave that were disabled or demoted before it, and says so', async () => {
    const kept = await makeToken(rootBrowser)
    const ben = await administrator(app, 'ben')
    const benBrowser = await enter(app, ben)
    const [ofAnn, ofBen] = [await makeToken(annBrowser), await makeToken(benBrowser)]
    const invited = await invite(annBrowser)
    // As the version before left it.
    const now = app.clock.now()
    await app.storage.query('UPDATE admin_accounts SET disabled_at = ? WHERE id = ?', [now, ann.id])
    await app.storage.query("UPDATE admin_accounts SET role = 'auditor' WHERE id = ?", [ben.id])
    app = await app.restart()
    expect([await worth(ofAnn.token), await worth(ofBen.token)]).toEqual([401, 401])
    expect([await redeem(invited.setup.token), await worth(kept.token)]).toEqual([401, 200])
    const revoked = (await told('token.revoke')).map(({ subject, actor }) => [subject, actor])
    expect(revoked.sort()).toEqual(
      [
        [ofAnn.id, 'service'],
        [ofBen.id, 'service'],
      ].sort(),
    )
  })

  test('finds in the audit who invited or reset last', async () => {
    const { account } = await invite(rootBrowser)
    await good(post(annBrowser, `accounts/${account.id}/reset`))
    const other = await invite(rootBrowser)
    const runner = app.storage.createQueryRunner()
    const migration = new GiversOfSetups1770000021000()
    await migration.down(runner)
    await migration.up(runner)
    await runner.release()
    const rows = await app.storage.manager.find(SetupTokenEntity)
    expect(rows.map(({ accountId, createdBy }) => [accountId, createdBy]).sort()).toEqual(
      [
        [account.id, `admin:${ann.id}`],
        [other.account.id, `admin:${root.id}`],
      ].sort(),
    )
  })

  test('an invitation of an unknown giver ends with the first account that ends', async () => {
    const { setup } = await invite(rootBrowser)
    await app.storage.query('UPDATE admin_setup_tokens SET created_by = NULL')
    expect((await good(change('disable'))).ended.invitations).toBe(1)
    expect(await redeem(setup.token)).toBe(401)
  })
})

describe('no automation token', () => {
  const giving = (): [string, object | undefined][] => [
    ['accounts', { name: 'by-a-token', role: 'auditor' }],
    ['tokens', { name: 'x', role: 'auditor', expiresAt: at(DAY) }],
    [`accounts/${ann.id}/role`, { role: 'admin' }],
    [`accounts/${ann.id}/reset`, undefined],
    [`accounts/${ann.id}/enable`, undefined],
  ]

  test('makes accounts, tokens or roles, whatever its role', async () => {
    for (const role of ['admin', 'operator', 'auditor']) {
      const means = await makeToken(rootBrowser, role)
      for (const [path, body] of giving())
        expectProblem(await post(means, path, body), 'ERR_FORBIDDEN')
    }
    const accounts = (await by(app, rootBrowser, 'GET', 'accounts')).body.items
    expect(accounts).toHaveLength(2)
    expect((await by(app, rootBrowser, 'GET', 'tokens')).body.items).toHaveLength(3)
  })

  test('but it takes away: it disables an account, and revokes a token', async () => {
    const means = await makeToken(rootBrowser)
    const ofAnn = await makeToken(annBrowser)
    expect((await good(post(means, `accounts/${ann.id}/disable`))).ended.tokens).toBe(1)
    expect(await worth(ofAnn.token)).toBe(401)
    const other = await makeToken(rootBrowser)
    await good(post(means, `tokens/${other.id}/revoke`))
    expect(await worth(other.token)).toBe(401)
  })

  test('SEALCARD_ADMIN_TOKEN makes them, and what it made ends with no account', async () => {
    for (const [path, body] of giving())
      expect((await post({ token: OWN }, path, body)).status).toBeLessThan(300)
    const { token } = await makeToken({ token: OWN })
    const { setup } = await invite({ token: OWN })
    expect((await good(change('disable'))).ended.tokens).toBe(0)
    expect([await worth(token), await redeem(setup.token)]).toEqual([200, 201])
  })
})
