import { inspect } from 'node:util'
import { FakePlatform, faults, ManualClock, SeededRandom } from '@sealcard/testing'
import type { AppConfig, Config } from '../../../src/core/config/config.js'
import { loadConfig } from '../../../src/core/config/load-config.js'
import { PlatformError } from '../../../src/platforms/calls/platform-error.js'
import { PlatformHealth } from '../../../src/platforms/calls/platform-health.js'
import { PlatformHttp } from '../../../src/platforms/calls/platform-http.js'
import { Platforms } from '../../../src/platforms/registry/platforms.js'
import { explainErrcode } from '../../../src/tools/doctor/checks/platforms.js'
import { goodEnv, type Json } from '../../kit/config-file.js'
import { key, seal } from '../../kit/proofs.js'
import { serve } from '../../kit/platform-fixture.js'
import { fixtures } from './fixtures.js'

const NAMES = { wrong: key('another session'), alice: key('alice') }
const thrown = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

it('has a name of its own for each platform, short enough for the table of shares', () => {
  const names = fixtures.map(({ platform }) => platform.name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z]{1,8}$/)
})

describe.each(fixtures.map((fixture) => [fixture.platform.title, fixture] as const))(
  'the platform %s',
  (_title, fixture) => {
    const { platform } = fixture
    const registry = new Platforms([platform])
    let fake: FakePlatform
    let http: PlatformHttp
    let app: AppConfig

    beforeEach(async () => {
      fake = serve(await FakePlatform.start(), fixture)
      app = fixture.app(fake.base)
      const health = new PlatformHealth(new ManualClock(), [app.id])
      const settings = { tryTimeoutMs: 15_000, connectTimeoutMs: 15_000, breakerFailures: 1_000 }
      http = new PlatformHttp(new SeededRandom(), health, { ...settings, backoffMs: 1 })
    })
    afterEach(async () => {
      await http.close()
      await fake.stop()
    })

    const tokens = {
      withToken: <T>(_: unknown, work: (token: string) => Promise<T>) => work('T0KEN'),
    }
    const client = () => registry.connect({ http, tokens, random: new SeededRandom() }).of(app)
    const exchange = () => client().exchangeCode(app, 'C0DE-of-a-person')
    const declare = () => client().declare(app, { viewerKey: 'alice' })

    describe('in the configuration', () => {
      const entry = (): Json => {
        const { secret: _, apiBase: __, ...own } = fixture.app('')
        return { ...own, secret: { env: 'WECHAT_SECRET' } }
      }
      const load = (change: Json): Config => {
        const file = JSON.stringify({ apps: [{ ...entry(), ...change }] })
        return loadConfig(goodEnv, () => Buffer.from(file), [platform])
      }

      it('has an official address with https, which is the one of an app that names none', () => {
        expect(platform.officialApiBase).toMatch(/^https:\/\/[a-z.]+$/)
        const [loaded] = load({}).apps
        expect(loaded).toMatchObject({ ...entry(), secret: expect.anything() })
        expect(loaded?.apiBase).toBe(platform.officialApiBase)
      })

      it.each(fixture.ownKeys)(
        'refuses an app whose %s is missing or wrong, by its key',
        (name, wrong) => {
          for (const value of [undefined, wrong]) {
            expect(() => load({ [name]: value })).toThrow(`apps[0].${name}: `)
          }
        },
      )

      it('refuses a key that it does not know', () => {
        expect(() => load({ colour: 1 })).toThrow('apps[0].colour: unknown key')
      })

      it('has a bot only where the platform has bots', () => {
        const bot = {
          id: 'desk',
          app: app.id,
          token: { env: 'BOT_TOKEN' },
          encodingAesKey: { env: 'BOT_AES_KEY' },
        }
        const file = JSON.stringify({ apps: [entry()], bots: [bot] })
        const withBot = () => loadConfig(goodEnv, () => Buffer.from(file), [platform])
        if (platform.bots) expect(withBot().bots).toHaveLength(1)
        else expect(withBot).toThrow('bots[0].app: must be')
        expect(Boolean(client().bots)).toBe(Boolean(platform.bots))
      })

      it('shows administrators which app it is, and not its secret', () => {
        const described = platform.describe(app)
        expect(described).toMatchObject({ id: app.id, platform: platform.name })
        for (const [name] of fixture.ownKeys) expect(described).toHaveProperty(name)
        expect(JSON.stringify(described)).not.toContain(app.secret.reveal())
        expect(described).not.toHaveProperty('secret')
      })
    })

    describe('a login', () => {
      it('says who the person is, and under which key their proofs are', async () => {
        fake.on(fixture.loginPath, fixture.login('alice', NAMES.alice))
        expect(await exchange()).toEqual({ viewerKey: 'alice', sessionKey: NAMES.alice })
        expect(fake.count(fixture.loginPath)).toBe(1)
      })

      it.each(fixture.refusesCode)(
        'is refused when the platform refuses the code with %p',
        async (errcode) => {
          fake.on(fixture.loginPath, { errcode, errmsg: 'x' })
          expect(await thrown(exchange())).toMatchObject({ name: 'LoginRejected', errcode })
        },
      )

      it.each([...fixture.refusesUs, fixture.notAllowed])(
        'does not blame the person for %p, a fault of the service’s registration',
        async (errcode) => {
          fake.on(fixture.loginPath, { errcode, errmsg: 'x' })
          expect(await thrown(exchange())).toMatchObject({ name: 'PlatformError', errcode })
        },
      )

      it.each(Object.keys(faults).filter((name) => !['blackHole', 'slowDrip'].includes(name)))(
        'fails closed on %s, and uses the code once',
        async (fault) => {
          fake.on(fixture.loginPath, faults[fault as keyof typeof faults])
          expect(await thrown(exchange())).toMatchObject({ name: 'PlatformUnreachable' })
          expect(fake.count(fixture.loginPath)).toBe(1)
        },
      )

      it.each(['', 'short', 'A'.repeat(24), `${'*'.repeat(22)}==`])(
        'fails closed on the session key %p, which is not 16 bytes',
        async (sessionKey) => {
          fake.on(fixture.loginPath, fixture.login('alice', sessionKey))
          expect(await thrown(exchange())).toMatchObject({ reason: 'shape' })
        },
      )

      it('fails closed on an answer that names no person', async () => {
        fake.on(fixture.loginPath, fixture.login('', NAMES.alice))
        expect(await thrown(exchange())).toMatchObject({ reason: 'shape' })
      })

      it.each([{ errcode: 99999, errmsg: 'about C0DE-of-a-person, T0KEN' }, faults.html])(
        'leaves no secret in an error: %#',
        async (answer) => {
          fake.on(fixture.loginPath, answer)
          const error = inspect(await thrown(exchange()), { depth: 9 })
          for (const secret of [app.secret.reveal(), 'C0DE-of-a-person']) {
            expect(error).not.toContain(secret)
          }
        },
      )
    })

    describe('an access token', () => {
      const fetch = () => registry.tokenSources(http).of(app).fetchToken(app, false)

      it('is fetched with the app’s secret, and says how long it lives', async () => {
        expect(await fetch()).toEqual({ token: 'T0KEN-of-the-app', expiresIn: 7200 })
        const [asked] = fake.requests
        expect(`${asked?.query} ${asked?.body}`).toContain(app.secret.reveal())
      })

      it('is bad by at least one errcode of the platform, and forced within bounds if at all', () => {
        const { badToken, force } = registry.tokenSources(http).of(app)
        expect(badToken.length).toBeGreaterThan(0)
        if (force) expect(badToken).toContain(force.onErrcode)
      })

      it.each(['badGateway', 'truncatedJson', 'nothing', 'wrongTypes', 'busy'] as const)(
        'is not to be had on %s',
        async (fault) => {
          fake.on(fixture.tokenPath, faults[fault])
          expect(await thrown(fetch())).toMatchObject({ name: 'PlatformUnreachable' })
        },
      )
    })

    describe('a declaration', () => {
      it('is a value of printable ASCII, and the contract says of which platform it is', async () => {
        const value = await declare()
        expect(value).toMatch(/^[\x21-\x7e]{8,256}$/)
        const wire = platform.declaration(value)
        expect(wire.platform).toBe(platform.name)
        expect(Object.values(wire)).toContain(value)
      })

      it('is not made when the platform does not make it, or is the service’s own and no two are alike', async () => {
        const { declaration } = fixture
        if (!declaration) {
          const own = client()
          const made = [
            await own.declare(app, { viewerKey: 'a' }),
            await own.declare(app, { viewerKey: 'a' }),
          ]
          expect(new Set(made).size).toBe(2)
          expect(fake.requests).toEqual([])
          return
        }
        for (const answer of [
          { errcode: 48001, errmsg: 'x' },
          faults.truncatedJson,
          faults.nothing,
        ]) {
          fake.on(declaration.path, answer)
          expect(await thrown(declare())).toMatchObject({
            name: expect.stringMatching(/^Platform/),
          })
        }
        for (const wrong of ['', 'a b', 'a\u0000b', '活动', 'x'.repeat(257)]) {
          fake.on(declaration.path, declaration.answer(wrong))
          expect(await thrown(declare())).toMatchObject({ reason: 'shape' })
        }
      })
    })

    describe('a proof', () => {
      const { declared } = fixture
      const plaintext = fixture.plaintext(declared, 'bob')
      const proof = seal(NAMES.alice, plaintext, key('iv'))
      const open = (sessionKey: string, given: typeof proof) =>
        platform.openProof(sessionKey, given)

      it('is about what was declared, and says where that stands', () => {
        const opened = open(NAMES.alice, proof)
        expect(opened.declared).toBe(declared)
        const { start, end } = opened.declaredAt
        expect(Buffer.from(plaintext).subarray(start, end).toString()).toBe(declared)
      })

      it('names its receiver where the platform says so, and none otherwise', () => {
        expect(open(NAMES.alice, proof).curReceiver).toBe(
          platform.provesReceiver ? 'bob' : undefined,
        )
      })

      it('that is not whole, or under another key, is refused in one way or is about something else', () => {
        const { encryptedData, iv } = proof
        const bytes = Buffer.from(encryptedData, 'base64')
        const flipped = [...bytes.keys()].map((i) => {
          const changed = Buffer.from(bytes)
          changed[i]! ^= 1
          return { encryptedData: changed.toString('base64'), iv }
        })
        const shorter = [...bytes.keys()].map((i) => ({
          encryptedData: bytes.subarray(0, i).toString('base64'),
          iv,
        }))
        const odd = ['', 'x', '!!!!', encryptedData.slice(1)].flatMap((text) => [
          { encryptedData: text, iv },
          { encryptedData, iv: text },
        ])
        const tries = [
          ...[...flipped, ...shorter, ...odd].map((given) => [NAMES.alice, given] as const),
          [NAMES.wrong, proof] as const,
        ]
        const refusals = new Set<string>()
        let accepted = 0
        for (const [sessionKey, given] of tries) {
          try {
            const opened = open(sessionKey, given)
            if (opened.declared === declared && opened.curReceiver === 'bob') accepted += 1
            if (!platform.provesReceiver && opened.declared === declared) accepted += 1
          } catch (error) {
            expect(error).toMatchObject({ code: 'ERR_PROOF_REJECTED' })
            refusals.add(String(error))
          }
        }
        expect(refusals.size).toBe(1)
        expect(accepted).toBe(0)
      })
    })

    it('compares a person under one spelling, however often it is asked', () => {
      for (const name of ['alice', 'Alice', 'a-B.c@D']) {
        const once = platform.comparable(name)
        expect(platform.comparable(once)).toBe(once)
        expect(once).not.toBe('')
      }
    })

    describe('its errcodes', () => {
      it('each say what it means and what to do', () => {
        expect(Object.keys(platform.errcodes).length).toBeGreaterThan(0)
        for (const { code, what, todo, zh } of Object.values(platform.errcodes)) {
          expect(code).toMatch(/^[a-z-]+$/)
          expect(what).not.toBe('')
          expect(todo).not.toBe('')
          for (const words of [zh.what, zh.todo]) expect(words).toMatch(/\p{Script=Han}/u)
        }
      })

      it('name the address that is not in the allow-list', async () => {
        const errmsg = 'not allowed from ip: 203.0.113.9, hint: [1700000000123456]'
        fake.on(fixture.loginPath, { errcode: fixture.notAllowed, errmsg })
        const error = (await thrown(exchange())) as PlatformError
        expect(error.address).toBe('203.0.113.9')
        expect(explainErrcode(platform, app, error)).toMatchObject({
          status: 'wrong',
          code: 'ip-not-allowed',
          about: app.id,
          what: expect.stringContaining('203.0.113.9'),
        })
        expect(explainErrcode(platform, app, new PlatformError('x', 31337, 'odd'))).toMatchObject({
          status: 'wrong',
          code: 'errcode',
        })
      })
    })
  },
)
