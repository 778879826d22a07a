import { FakePlatform, faults } from '@sealcard/testing'
import { Secret } from '../../../src/core/config/secret.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { IN_MEMORY } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, seal } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'
import { dingtalk } from '../dingtalk/dingtalk.js'
import { serve } from '../../kit/platform-fixture.js'
import { fixtures } from './fixtures.js'

const ADMIN = 'admin-token-of-the-platforms-test-0001'

describe.each(fixtures.map((fixture) => [fixture.platform.title, fixture] as const))(
  'a card of %s',
  (_title, fixture) => {
    const { platform, loginPath } = fixture
    let fake: FakePlatform
    let app: TestApp
    let appId: string

    beforeEach(async () => {
      fake = serve(await FakePlatform.start(), fixture)
      const registered = fixture.app(fake.base)
      appId = registered.id
      const config = {
        ...IN_MEMORY,
        apps: [registered],
        adminToken: new Secret(ADMIN),
        platformCalls: { timeoutMs: 15_000, breakerMs: 50 },
      }
      // All that the service learns of another platform is its line in the list.
      const platforms = [...PLATFORMS, dingtalk]
      app = await TestApp.start(config, { platforms, realCalls: true })
    })
    afterEach(async () => {
      await app.stop()
      await fake.stop()
    })

    const ask = (person: string, sessionKey = key(person)) => {
      fake.on(loginPath, fixture.login(person, sessionKey))
      return app.call('POST', '/v1/sessions', { body: { app: appId, code: `code-of-${person}` } })
    }
    const login = async (person: string): Promise<string> => {
      const answer = await ask(person)
      expect(answer.status).toBe(201)
      return answer.body.token
    }
    const card = async (token: string): Promise<string> => {
      const body = { title: 'Title', body: 'The secret' }
      return (await app.call('POST', '/v1/cards', { token, body })).body.id
    }
    const share = (token: string, cardId: string) =>
      app.call('POST', `/v1/cards/${cardId}/shares`, { token })
    const shared = async (token: string) => {
      const { body } = await share(token, await card(token))
      const { platform: name, ...declared } = body.declare
      expect(name).toBe(platform.name)
      return { shareId: body.id as string, declared: String(Object.values(declared)[0]) }
    }
    const proof = (person: string, declared: string, receiver = person) =>
      seal(key(person), fixture.plaintext(declared, receiver), key(`iv of ${person}`))
    const rows = async (table: string) => {
      const [row] = await app.storage.query(`SELECT COUNT(*) AS n FROM ${table}`)
      return Number(row.n)
    }

    it('opens for the person who proves to have received it', async () => {
      const { shareId, declared } = await shared(await login('alice'))
      const opened = await app.open(await login('bob'), shareId, proof('bob', declared))
      expect(opened).toMatchObject({ status: 201, body: { card: { body: 'The secret' } } })
    })

    it('is one card however the platform spells its owner, where it compares the spellings alike', async () => {
      const { body: first } = await ask('alice')
      const { body: again } = await ask('ALICE', key('alice'))
      const alike = platform.comparable('alice') === platform.comparable('ALICE')
      expect(again.viewer.id === first.viewer.id).toBe(alike)
    })

    it('stays shut for a proof under another key, of another card, or for another person', async () => {
      const alice = await login('alice')
      const { shareId, declared } = await shared(alice)
      const bob = await login('bob')
      const refused = [
        { encryptedData: '', iv: '' },
        proof('carol', declared, 'bob'),
        proof('bob', `${declared.slice(0, -1)}9`),
        ...(platform.provesReceiver ? [proof('bob', declared, 'carol')] : []),
      ]
      for (const given of refused) {
        const answer = await app.open(bob, shareId, given)
        expect(answer.status).toBe(403)
        expect(answer.text).not.toContain('The secret')
      }
      expect(await rows("openings WHERE outcome = 'granted'")).toBe(0)
    })

    it('is not to be had by a person whose code the platform refuses', async () => {
      fake.on(loginPath, { errcode: fixture.refusesCode[0], errmsg: 'x' })
      const answer = await app.call('POST', '/v1/sessions', { body: { app: appId, code: 'c' } })
      expectProblem(answer, 'ERR_LOGIN_REJECTED')
      expect(await rows('sessions')).toBe(0)
    })

    it.each(['badGateway', 'reset', 'truncatedJson', 'busy', 'wrongTypes'] as const)(
      'gets no session and no share while the platform answers with %s',
      async (fault) => {
        const alice = await login('alice')
        const cardId = await card(alice)
        fake.on(loginPath, faults[fault])
        const code = { body: { app: appId, code: 'c' } }
        expectProblem(await app.call('POST', '/v1/sessions', code), 'ERR_PLATFORM_UNAVAILABLE')
        expect(await rows('sessions')).toBe(1)
        if (!fixture.declaration) return
        fake.on(fixture.declaration.path, faults[fault])
        expectProblem(await share(alice, cardId), 'ERR_PLATFORM_UNAVAILABLE')
        expect(await rows('shares')).toBe(0)
      },
    )

    it('belongs to an app that administrators see by its own keys', async () => {
      const { body } = await app.call('GET', '/v1/admin/apps', { token: ADMIN })
      expect(body.items).toEqual([platform.describe(fixture.app(fake.base))])
    })
  },
)
