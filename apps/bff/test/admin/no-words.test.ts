import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { totpCode } from '../kit/totp-code.js'
import { HOUR } from '../../src/core/time.js'
import { type Role, ROLES } from '../../src/http/access/principals.js'
import { ViewerRepository } from '../../src/members/sessions/viewer.repository.js'
import { ADMIN, startAdmin } from '../kit/admin/support.js'
import { type Administrator, administrator, cookiesOf, login } from '../kit/administrators.js'
import { IN_MEMORY, WECHAT } from '../kit/config.js'
import { bodyOf, documented, filledPath, type Fillings, queriesOf } from '../kit/document.js'
import { key, wechatProof } from '../kit/proofs.js'
import { appsWith, told, WebhookReceiver } from '../kit/webhook-receiver.js'
import { webhookIdOf } from '../../src/webhooks/webhook.js'
import type { Answer, TestApp } from '../kit/test-app.js'

const BODY = 'canaryOfABody5e1f27c9'
const TITLE = 'canaryOfATitle8d03b6'
const BY = { actor: 'cli', address: 'local' }

let app: TestApp
let number = 0
let receiver: WebhookReceiver
beforeAll(async () => {
  receiver = await WebhookReceiver.start()
  app = await startAdmin({ ...IN_MEMORY, ...appsWith([receiver.config()]) })
})
afterAll(async () => {
  await app.stop()
  await receiver.stop()
})

const fresh = (what: string) => `${what}${(number += 1)}`
const later = (ms: number) => new Date(app.clock.now() + ms).toISOString()

/** A person who wrote a card that another person opened. */
const writer = async () => {
  const [owner, reader] = [fresh('oWriter'), fresh('oReader')]
  const alice = await app.login(owner)
  const shared = await app.shared(alice, { title: TITLE, body: BODY })
  const bob = await app.login(reader)
  await app.open(bob, shared.shareId, wechatProof(key(reader), shared.declared))
  await app.open(bob, shared.shareId, { encryptedData: '', iv: '' })
  const row = await app.nest.get(ViewerRepository).find(WECHAT, owner)
  return { ...shared, viewerId: row?.id, viewerCode: row?.code }
}

type Headers = Record<string, string>
interface Caller {
  readonly headers: Headers
  /** The account of the login. A caller with a token has an account that is not used. */
  readonly account: Administrator
}

const accounts = () => app.nest.get(AdminAccountsService, { strict: false })

const byLogin = async (role: Role): Promise<Caller> => {
  const account = await administrator(app, fresh('somebody'), role)
  const answer = await login(app, account)
  expect(answer.status).toBe(201)
  const headers = { cookie: cookiesOf(answer), 'x-csrf-token': answer.body.csrf }
  return { headers, account }
}

const byToken = async (token: string): Promise<Caller> => {
  const account = await administrator(app, fresh('somebody'))
  return { headers: { authorization: `Bearer ${token}` }, account }
}

const byAutomation = async (role: Role): Promise<Caller> => {
  const body = { name: 'ci', role, expiresAt: later(HOUR) }
  const made = await app.call('POST', '/v1/admin/tokens', { token: ADMIN, body })
  return byToken(made.body.token)
}

const callers: readonly (readonly [string, () => Promise<Caller>])[] = [
  ...(Object.keys(ROLES) as Role[]).flatMap((role) => [
    [`the login of an ${role}`, () => byLogin(role)] as const,
    [`an automation token of the role ${role}`, () => byAutomation(role)] as const,
  ]),
  ['SEALCARD_ADMIN_TOKEN', () => byToken(ADMIN)],
]

/** How each place of a request is filled, with what is there. */
const fillings = (
  things: Awaited<ReturnType<typeof writer>>,
  { account, headers }: Caller,
): Fillings => {
  const { cardId, shareId, viewerId, viewerCode } = things
  const code = () => totpCode(account.secret, app.clock.now())
  const invited = () => accounts().invite(fresh('invited'), 'auditor', BY)
  /** A second factor to be, of the caller's own account. */
  const enrolled = async () => {
    app.clock.advance(30_000)
    const body = { password: account.password, totp: code() }
    const begun = await app.call('POST', '/v1/admin/session/totp', { headers, body })
    return begun.status === 200 ? totpCode(begun.body.secret, app.clock.now()) : '000000'
  }
  const policy = async () =>
    (await app.call('GET', '/v1/admin/policy', { token: ADMIN })).body.version as number
  return {
    cardId,
    viewerId,
    webhookId: webhookIdOf(WECHAT, receiver.url),
    'accounts/id': async () => (await administrator(app, fresh('other'))).id,
    'tokens/id': async () => {
      const body = { name: 'x', role: 'auditor', expiresAt: later(HOUR) }
      return (await app.call('POST', '/v1/admin/tokens', { token: ADMIN, body })).body.id
    },
    '?app': WECHAT,
    '?owner': viewerId,
    '?card': cardId,
    '?viewer': viewerId,
    '?subject': cardId,
    '?actor': viewerId,
    '?kind': 'card.create',
    '?q': shareId,
    '?from': later(-HOUR),
    '?to': later(HOUR),
    '?limit': 1,
    '?reason': 'asked for it',
    '?code': viewerCode,
    '?at': later(0),
    '?cursor': 'none',
    '?after': `${later(HOUR)},${cardId}`,
    'GET /v1/admin/audit/export ?after': async () => {
      const { items } = (await app.call('GET', '/v1/admin/audit', { token: ADMIN })).body
      return `${items.at(-1).chainId}:1`
    },
    '.reason': 'asked for it',
    '.dryRun': false,
    '.thorough': false,
    '.revokeCards': true,
    '.block': true,
    '.erase': undefined,
    '.viewer': viewerId,
    '.role': 'auditor',
    '.expiresAt': later(HOUR),
    '.name': () => fresh('name'),
    '.password': account.password,
    '.newPassword': 'another long password',
    '.totp': () => (app.clock.advance(30_000), code()),
    '.expect': [],
    '.default': {},
    '.app': undefined,
    '.apps': {},
    '.makers': [],
    '.version': policy,
    'POST /v1/admin/session .name': account.name,
    'POST /v1/admin/session/totp/confirmation .totp': enrolled,
    'POST /v1/admin/setup .name': undefined,
    'POST /v1/admin/setup .token': async () => (await invited()).setup.token,
  }
}

/** The words as they are, and as encodings would show them. */
const formsOf = (words: string): string[] => [
  words,
  Buffer.from(words).toString('hex'),
  // Wherever they stand among the bytes around them.
  ...[0, 1, 2].map((offset) =>
    Buffer.from(`${'x'.repeat(offset)}${words}`)
      .toString('base64')
      .slice(4, -4),
  ),
]

const holds = ({ headers, text }: Answer, words: string): boolean => {
  const whole = `${JSON.stringify(headers)}\n${text}`
  return formsOf(words).some((form) => whole.includes(form))
}

const answered = new Map<string, number>()

describe('G5 no administrator gets a word of a card on any route of the document', () => {
  test.each(callers)('by %s', async (_, caller) => {
    const operations = await documented(app, '/v1/admin')
    expect(operations.length).toBeGreaterThan(30)
    const told: string[] = []
    let things = await writer()
    let who = await caller()
    for (const operation of operations) {
      const { method, name, path } = operation
      const queries = await queriesOf(operation, fillings(things, who))
      const types = operation.types.length > 1 ? operation.types : ['*/*']
      for (const query of queries) {
        for (const accept of types) {
          const values = fillings(things, who)
          const body = await bodyOf(operation, values)
          const url = `${await filledPath(operation, values)}${query}`
          app.clock.advance(1000)
          const answer = await app.call(method, url, {
            headers: { ...who.headers, accept },
            ...(body !== undefined && { body }),
          })
          // It may have ended what it was asked about, or who asked.
          if (method !== 'GET') [things, who] = [await writer(), await caller()]
          expect({ name, failed: answer.status >= 500 }).toEqual({ name, failed: false })
          if (answer.status < 300) answered.set(name, (answered.get(name) ?? 0) + 1)
          if (holds(answer, BODY)) told.push(`a body: ${method} ${url}`)
          if (path.endsWith('/export') && holds(answer, TITLE)) told.push(`a title: ${url}`)
        }
      }
    }
    expect(told).toEqual([])
  })

  test('each of them answered what was asked, so that there was something to look at', async () => {
    const names = (await documented(app, '/v1/admin')).map(({ name }) => name)
    expect(names.filter((name) => !answered.has(name))).toEqual([])
  })

  test('no webhook gets one either', async () => {
    app.clock.advance(HOUR)
    await told(app)
    expect(new Set(receiver.types)).toContain('card.opened')
    for (const { text } of receiver.requests)
      for (const word of [BODY, TITLE]) expect(text).not.toContain(word)
  })

  test('the words are found where they are: by their writer, in a copy of their own', async () => {
    const owner = fresh('oWriter')
    const token = await app.login(owner)
    await app.shared(token, { title: TITLE, body: BODY })
    const answer = await app.call('GET', '/v1/me/export', { token })
    expect([holds(answer, BODY), holds(answer, TITLE)]).toEqual([true, true])
    for (const form of formsOf(BODY))
      expect(holds({ ...answer, text: `{"x":"${form}"}` }, BODY)).toBe(true)
  })

  test.each([
    ['a place in the path', { path: '/v1/admin/things/{thingId}' }, '{thingId} of GET /new'],
    ['a query', { parameters: [{ in: 'query', name: 'since', schema: {} }] }, 'since of GET /new'],
    ['a field', { fields: { words: {} } }, 'words of GET /new'],
  ])('a new route with %s that this test cannot fill is named', async (_, change, message) => {
    const plain = { method: 'GET', path: '/v1/admin/new', name: 'GET /new' }
    const operation = { ...plain, parameters: [], fields: {}, types: [], ...change }
    const values = fillings(await writer(), await byToken(ADMIN))
    const request = async () => [
      await filledPath(operation, values),
      await queriesOf(operation, values),
      await bodyOf(operation, values),
    ]
    await expect(request()).rejects.toThrow(message)
  })
})
