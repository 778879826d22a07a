import { Controller, Get, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { AdminAccountsService } from '../../src/accounts/admin-accounts.service.js'
import { AdminSessions } from '../../src/accounts/admin-sessions.js'
import { AutomationTokens } from '../../src/accounts/automation-tokens.js'
import { SESSION_COOKIE } from '../../src/accounts/cookies.js'
import { Secret } from '../../src/core/config/secret.js'
import { HOUR } from '../../src/core/time.js'
import { AccessGuard } from '../../src/http/access/access.guard.js'
import { Rule } from '../../src/http/access/decorators.js'
import { Identities } from '../../src/http/access/identities.js'
import {
  allows,
  PERMISSIONS,
  type Role,
  ROLES,
  SERVER,
  type TokenRole,
} from '../../src/http/access/principals.js'
import { administrator, enter } from '../kit/administrators.js'
import { BotSender, deskBot } from '../kit/bot-sender.js'
import { IN_MEMORY, WECHAT, WECHAT_B } from '../kit/config.js'
import { expectProblem } from '../kit/expect-problem.js'
import {
  controllerRoutes,
  PUBLIC_PAGES,
  type Route,
  servedRoutes,
  strayRoutes,
} from '../kit/routes.js'
import { type Answer, TestApp } from '../kit/test-app.js'

const OWN = 'own-token-of-the-configuration-000000000'
const BY = { actor: 'cli', address: 'local' }

let app: TestApp
let bot: BotSender
/** Ids of things that exist. They belong to `owner`, and to no other caller. */
let ids: Record<string, string>
let owner: string

beforeAll(async () => {
  app = await TestApp.start({ ...IN_MEMORY, adminToken: new Secret(OWN), bots: [deskBot()] })
  bot = new BotSender(app)
  owner = await app.login('alice')
  const { cardId, shareId } = await app.shared(owner)
  ids = { cardId, shareId, botId: 'desk' }
})
afterAll(() => app.stop())

/** What a request is made with. */
interface Means {
  readonly headers?: Record<string, string>
  /** The request is one of the bot's platform, signed. */
  readonly signed?: boolean
}

interface Who {
  readonly name: string
  /** Made anew for each request: some of them end what they are made with. */
  readonly means: () => Promise<Means>
  /** Whether a route of this rule lets it in; else why not. */
  readonly judge: (route: Route) => 'allowed' | 'ERR_SESSION' | 'ERR_FORBIDDEN'
}

const bearer = (token: string): Means => ({ headers: { authorization: `Bearer ${token}` } })

const service = <T>(type: new (...args: never[]) => T): T => app.nest.get(type, { strict: false })

let number = 0
/** The login of a new account, without the way through the door: a hundred of them in a moment. */
const loggedIn = async (role: Role, change: (id: string) => Promise<unknown> = async () => {}) => {
  const { id } = await administrator(app, `somebody-${number++}`, role)
  const { token, csrf } = await service(AdminSessions).open(app.storage.manager, id)
  await change(id)
  return { headers: { cookie: `${SESSION_COOKIE}=${token}`, 'x-csrf-token': csrf } }
}

const enrolling = async (): Promise<Means> => {
  const accounts = service(AdminAccountsService)
  const { account } = await accounts.invite(`newcomer-${number++}`, 'admin', BY)
  const { token, csrf } = await service(AdminSessions).open(app.storage.manager, account.id)
  return { headers: { cookie: `${SESSION_COOKIE}=${token}`, 'x-csrf-token': csrf } }
}

const withToken = async (
  role: TokenRole,
  then: (id: string) => Promise<unknown> = async () => {},
) => {
  const expiresAt = new Date(app.clock.now() + HOUR).toISOString()
  const tokens = service(AutomationTokens)
  const { row, token } = await tokens.create(
    { name: 'x', role, ...(role === SERVER && { app: WECHAT }), expiresAt },
    BY,
  )
  await then(row.id)
  return bearer(token)
}

const nobody: Who['judge'] = ({ rule }) => (rule === 'anyone' ? 'allowed' : 'ERR_SESSION')
const member: Who['judge'] = ({ rule }) =>
  rule === 'anyone' || rule === 'member' ? 'allowed' : 'ERR_SESSION'
const byRole =
  (role: Role, is: 'person' | 'token' | 'machine' = 'person'): Who['judge'] =>
  ({ rule, tokens, automation }) => {
    if (rule === 'anyone') return 'allowed'
    if (rule === undefined || rule === 'member' || rule === 'bot') return 'ERR_SESSION'
    // Only a token is looked up there; a login of the console is none.
    if (rule === 'server') return is === 'person' ? 'ERR_SESSION' : 'ERR_FORBIDDEN'
    if (is !== 'person' && !tokens) return 'ERR_FORBIDDEN'
    if (is === 'token' && !automation) return 'ERR_FORBIDDEN'
    return rule === 'administrator' || allows(role, rule) ? 'allowed' : 'ERR_FORBIDDEN'
  }

/** Of the server of an app: it reaches nothing else. */
const byServer: Who['judge'] = ({ rule }) => {
  if (rule === 'anyone' || rule === 'server') return 'allowed'
  return rule === undefined || rule === 'member' || rule === 'bot' ? 'ERR_SESSION' : 'ERR_FORBIDDEN'
}

const everybody: readonly Who[] = [
  { name: 'anonymous', means: async () => ({}), judge: nobody },
  { name: 'member', means: async () => bearer(await app.login('alice')), judge: member },
  {
    name: 'member of another app',
    means: async () => bearer(await app.login('alice', WECHAT_B)),
    judge: member,
  },
  {
    name: 'member whose session ended',
    means: async () => {
      const token = await app.login('bob', WECHAT)
      await app.call('DELETE', '/v1/sessions/current', { token })
      return bearer(token)
    },
    judge: nobody,
  },
  { name: 'bot', means: async () => ({ signed: true }), judge: nobody },
  ...(Object.keys(ROLES) as Role[]).flatMap((role): Who[] => [
    { name: role, means: () => loggedIn(role), judge: byRole(role) },
    { name: `token of ${role}`, means: () => withToken(role), judge: byRole(role, 'token') },
  ]),
  { name: 'token of a server', means: () => withToken(SERVER), judge: byServer },
  {
    name: 'token of a server that was revoked',
    means: () => withToken(SERVER, (id) => service(AutomationTokens).revoke(id, BY)),
    judge: nobody,
  },
  {
    name: 'token of the configuration',
    means: async () => bearer(OWN),
    judge: byRole('admin', 'machine'),
  },
  {
    name: 'admin without a second factor',
    means: enrolling,
    judge: (route) => {
      const as = byRole('admin')(route)
      return as === 'allowed' && route.rule !== 'anyone' && !route.enrolling ? 'ERR_FORBIDDEN' : as
    },
  },
  {
    name: 'admin without the CSRF token',
    means: async () => {
      const { cookie } = (await loggedIn('admin')).headers
      return { headers: { cookie } }
    },
    judge: (route) => {
      const as = byRole('admin')(route)
      const safe = route.method === 'GET' || route.method === 'HEAD'
      return as === 'allowed' && route.rule !== 'anyone' && !safe ? 'ERR_FORBIDDEN' : as
    },
  },
  {
    name: 'admin whose session expired',
    means: async () => {
      const means = await loggedIn('admin')
      app.clock.advance(12 * HOUR)
      return means
    },
    judge: nobody,
  },
  {
    name: 'admin whose session was ended',
    means: () => loggedIn('admin', (id) => service(AdminSessions).endAll(app.storage.manager, id)),
    judge: nobody,
  },
  {
    name: 'admin whose account is disabled',
    means: async () => {
      await administrator(app, `remaining-${number++}`)
      return loggedIn('admin', (id) => service(AdminAccountsService).disable(id, BY))
    },
    judge: nobody,
  },
  {
    name: 'token that expired',
    means: async () => {
      const means = await withToken('admin')
      app.clock.advance(HOUR)
      return means
    },
    judge: nobody,
  },
  {
    name: 'token that was revoked',
    means: () => withToken('admin', (id) => service(AutomationTokens).revoke(id, BY)),
    judge: nobody,
  },
]

/** A request of that route without a body, about things that are there where there are such. */
const ask = ({ method, url }: Route, { headers = {}, signed = false }: Means): Promise<Answer> => {
  const path = url.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'unknown')
  if (!signed) return app.call(method, path, { headers })
  const wire = bot.seal(JSON.stringify(bot.message({ msgtype: 'text', text: { content: 'help' } })))
  if (method === 'POST')
    return app.call(method, `${path}?${new URLSearchParams(wire.query)}`, { body: wire.body })
  const query = { ...wire.query, echostr: JSON.parse(wire.body).encrypt as string }
  return app.call(method, `${path}?${new URLSearchParams(query)}`, { headers })
}

const verdict = ({ method, rule }: Route, { status, body }: Answer): string => {
  if (rule === 'bot' && status === 403) return 'not authentic'
  // The answer to a HEAD says it by its status alone.
  const code = method === 'HEAD' ? HEADS.get(status) : body?.code
  return code === 'ERR_SESSION' || code === 'ERR_FORBIDDEN' ? code : 'allowed'
}
const HEADS = new Map([
  [401, 'ERR_SESSION'],
  [403, 'ERR_FORBIDDEN'],
])

describe('F1 every route has a rule', () => {
  test('and the router serves nothing besides but the pages of the document', () => {
    expect(strayRoutes(app)).toEqual([])
    const urls = app.routed.map(({ url }) => url)
    expect(PUBLIC_PAGES.filter((url) => !urls.includes(url))).toEqual([])
    const without = servedRoutes(app).filter(({ rule }) => rule === undefined)
    expect(without.map(({ handler }) => handler)).toEqual([])
    expect(servedRoutes(app).length).toBeGreaterThan(40)
  })

  test('and every route of every controller is served', () => {
    const served = app.routed.map(({ method, url }) => `${method} ${url}`)
    const missing = controllerRoutes(app.nest).filter(
      ({ method, url }) => !served.includes(`${method} ${url}`),
    )
    expect(missing).toEqual([])
  })

  test('which is one that the guard knows', () => {
    const known = ['anyone', 'member', 'bot', 'server', 'administrator', ...PERMISSIONS]
    for (const { rule, handler } of servedRoutes(app))
      expect({ handler, known: known.includes(String(rule)) }).toEqual({ handler, known: true })
  })

  test('those for servers of adopters are under /v1/server, and those under it are for them', () => {
    const routes = servedRoutes(app).map(({ method, url, rule }) => ({
      route: `${method} ${url}`,
      theirs: rule === 'server',
    }))
    expect(routes.filter(({ theirs }) => theirs).length).toBeGreaterThan(8)
    for (const { route, theirs } of routes)
      expect({ route, theirs }).toEqual({ route, theirs: route.includes(' /v1/server/') })
  })

  test('those for administrators are under /v1/admin, and those under it are for them, but the doors', () => {
    const doors = ['POST /v1/admin/session', 'POST /v1/admin/setup']
    for (const { method, url, rule } of servedRoutes(app)) {
      const theirs = !['anyone', 'member', 'bot', 'server'].includes(String(rule))
      const expected = url.startsWith('/v1/admin/') && !doors.includes(`${method} ${url}`)
      expect({ route: `${method} ${url}`, theirs }).toEqual({
        route: `${method} ${url}`,
        theirs: expected,
      })
    }
  })

  test('and every one is in the document, with the errors of its rule', async () => {
    const { body: document } = await app.call('GET', '/openapi.json')
    for (const { method, url, rule, handler } of servedRoutes(app)) {
      if (method === 'HEAD' || url === '/metrics') continue
      const path = document.paths[url.replace(/:(\w+)/g, '{$1}').replace('*', '{path}')]
      const errors = Object.keys(path?.[method.toLowerCase()]?.responses ?? {})
      expect({ handler, documented: errors.length > 0 }).toEqual({ handler, documented: true })
      if (rule === 'anyone' || rule === 'bot') continue
      expect(errors).toContain('401')
      if (rule !== 'member') expect(errors).toContain('403')
    }
  })
})

describe('F1 every route for every kind of caller', () => {
  test.each(everybody.map((who) => [who.name, who] as const))('%s', async (_, who) => {
    const wrong: object[] = []
    for (const route of servedRoutes(app)) {
      const answer = await ask(route, await who.means())
      const expected =
        route.rule === 'bot' ? (who.name === 'bot' ? 'allowed' : 'not authentic') : who.judge(route)
      const found = verdict(route, answer)
      // An admitted caller may get an error about the request, but never one about who they are.
      if (found === expected && answer.status < 500) continue
      wrong.push({
        route: `${route.method} ${route.url}`,
        rule: route.rule,
        expected,
        found,
        status: answer.status,
      })
    }
    expect(wrong).toEqual([])
  })

  test('a refusal is the whole problem document, and nothing else', async () => {
    for (const route of servedRoutes(app)) {
      if (route.method === 'HEAD' || ['anyone', 'bot'].includes(String(route.rule))) continue
      expectProblem(await ask(route, {}), 'ERR_SESSION')
    }
    const operator = await loggedIn('operator')
    for (const route of servedRoutes(app)) {
      if (route.method !== 'HEAD' && route.rule === 'manage')
        expectProblem(await ask(route, operator), 'ERR_FORBIDDEN')
    }
  })

  test('what is another app’s is not found, or refused like everything', async () => {
    const means = bearer(await app.login('alice', WECHAT_B))
    for (const route of servedRoutes(app)) {
      if (route.rule !== 'member' || !route.url.includes(':')) continue
      // Whoever asks for access gets one answer for whatever share.
      if (route.url === '/v1/shares/:shareId/requests') continue
      const { status } = await ask(route, means)
      expect({ url: route.url, refused: [400, 403, 404].includes(status) }).toEqual({
        url: route.url,
        refused: true,
      })
    }
  })

  test('the pages of the document need no login', async () => {
    for (const url of ['/docs', '/openapi.json']) {
      expect(PUBLIC_PAGES).toContain(url)
      expect((await app.call('GET', url)).status).toBe(200)
    }
  })

  test('a login through the door is judged as those of the matrix are', async () => {
    const auditor = await administrator(app, 'through-the-door', 'auditor')
    const { cookie, csrf } = await enter(app, auditor)
    const headers = { cookie, 'x-csrf-token': csrf }
    const judge = byRole('auditor')
    for (const route of servedRoutes(app)) {
      if (route.rule === 'bot' || route.url === '/v1/admin/session') continue
      expect(verdict(route, await ask(route, { headers }))).toBe(judge(route))
    }
  })
})

describe('a route without a rule', () => {
  @Controller('bare')
  class Bare {
    @Get('forgotten')
    forgotten(): string {
      return 'anybody reads this'
    }

    @Get('ruled')
    @Rule('anyone')
    ruled(): string {
      return 'ruled'
    }
  }

  @Module({
    controllers: [Bare],
    providers: [Identities, { provide: APP_GUARD, useClass: AccessGuard }],
  })
  class BareModule {}

  test('fails this suite, and refuses every caller', async () => {
    const module = await Test.createTestingModule({ imports: [BareModule] }).compile()
    const nest = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
      logger: false,
    })
    await nest.init()
    await nest.getHttpAdapter().getInstance().ready()
    const without = controllerRoutes(nest).filter(({ rule }) => rule === undefined)
    expect(without.map(({ handler, url }) => [handler, url])).toEqual([
      ['Bare.forgotten', '/bare/forgotten'],
    ])
    expect((await nest.inject({ method: 'GET', url: '/bare/ruled' })).statusCode).toBe(200)
    const refused = await nest.inject({ method: 'GET', url: '/bare/forgotten' })
    expect(refused.statusCode).toBe(500)
    expect(refused.body).not.toContain('anybody reads this')
    await nest.close()
  })
})
