import { MINUTE } from '../../../src/core/time.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { SessionEntity } from '../../../src/members/sessions/session.entity.js'
import { WebLoginEntity } from '../../../src/members/web/web-login.entity.js'
import { WECHAT, WECOM, WECOM_B } from '../../kit/config.js'
import { expectExplained } from '../../kit/expect-explained.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { type Answer, TestApp } from '../../kit/test-app.js'
import {
  codeOf,
  H5,
  LOGIN_COOKIE,
  ORIGIN,
  SESSION_COOKIE,
  stateOf,
  WebBrowser,
  webConfig,
} from '../../kit/web-browser.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start(
    webConfig({}, { [WECOM_B]: { ...H5, origin: 'https://b.example.com' } }),
  )
})
afterAll(() => app.stop())

const browser = () => new WebBrowser(app)
const location = ({ headers }: Answer) => String(headers['location'])
const setCookies = ({ headers }: Answer) => [headers['set-cookie'] ?? []].flat() as string[]
const login = (query: Record<string, string>) =>
  app.call('GET', `/h5/login?${new URLSearchParams(query).toString()}`)
const sessions = () => app.storage.manager.count(SessionEntity)

describe('the way to the platform', () => {
  test('leads to the authorize address, in the documented order, with a state of letters and digits', async () => {
    const answer = await login({ app: WECOM, to: '/h5/o?s=abc' })
    expect(answer.status).toBe(302)
    const redirect = encodeURIComponent(`${ORIGIN}/h5/callback`)
    const address = location(answer).replace(/state=[0-9a-f]{64}/, 'state=STATE')
    expect(address).toBe(
      `https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww01&redirect_uri=${redirect}&response_type=code&scope=snsapi_base&state=STATE&agentid=1#wechat_redirect`,
    )
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('binds the state to a cookie that no script reads and no other host sets', async () => {
    const [cookie = ''] = setCookies(await login({ app: WECOM, to: '/h5/' }))
    const [pair, ...attributes] = cookie.split('; ')
    expect(pair).toMatch(new RegExp(`^${LOGIN_COOKIE}=[\\w-]{43}$`))
    expect(attributes.sort()).toEqual([
      'HttpOnly',
      'Max-Age=600',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
  })

  test('leads a desktop browser to the web login', async () => {
    const answer = await login({ app: WECOM, to: '/h5/', via: 'web', lang: 'en' })
    const url = new URL(location(answer))
    expect(url.origin + url.pathname).toBe('https://login.work.weixin.qq.com/wwlogin/sso/login')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      login_type: 'CorpApp',
      appid: 'ww01',
      agentid: '1',
      redirect_uri: `${ORIGIN}/h5/callback`,
      state: expect.stringMatching(/^[0-9a-f]{64}$/),
      lang: 'en',
    })
  })

  test('keeps no state and no cookie in the database', async () => {
    const answer = await login({ app: WECOM, to: '/h5/' })
    const rows = JSON.stringify(await app.storage.manager.find(WebLoginEntity))
    expect(rows).not.toContain(stateOf(answer))
    expect(rows).not.toContain(/=([\w-]{43})/.exec(setCookies(answer)[0] ?? '')?.[1])
  })

  test.each([
    'https://evil.example/h5/o',
    '//evil.example/h5/',
    '/\\evil.example',
    '/h5//evil.example',
    '/h5/\\evil.example',
    '/h5/../admin',
    '/h5/%2e%2e/admin',
    '/h5/o?s=a\r\nSet-Cookie: a=b',
    '/h5/o?s=卡',
    '/h5evil',
    '/v1/cards',
    '/',
    'h5/o',
    '',
    'javascript:alert(1)',
    '/h5/login?app=acme-wecom&to=/h5/',
    '/h5/callback?code=a',
    '/h5/%6cogin?app=acme-wecom&to=/h5/',
    '/h5/%63allback?code=a',
    '/h5/callback/',
    `/h5/o?s=${'a'.repeat(1024)}`,
  ])('leads back to no place but a page of ours: %s', async (to) => {
    const answer = await login({ app: WECOM, to })
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues).toEqual([expect.objectContaining({ path: 'to' })])
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test.each(['/h5', '/h5/', '/h5/o?s=6mBhJe41KjhvRRxjZvxWxU', '/h5/?tab=sent#/cards/1', '/h5#/a'])(
    'leads back to %s',
    async (to) => {
      expect((await login({ app: WECOM, to })).status).toBe(302)
    },
  )

  test.each([
    ['no app', { to: '/h5/' }],
    ['no page', { app: WECOM }],
    ['more', { app: WECOM, to: '/h5/', x: '1' }],
  ])('refuses a query with %s', async (_what, query) => {
    expectProblem(await login(query), 'ERR_INPUT')
  })

  test.each([
    ['unknown', 'nobody'],
    ['of WeChat', WECHAT],
  ])('has none for an app that is %s', async (_what, id) => {
    expectProblem(await login({ app: id, to: '/h5/' }), 'ERR_NOT_FOUND')
  })
})

describe('the way back', () => {
  test('ends at the page that it began for, with a session in a cookie, and without code and state', async () => {
    const answer = await browserAt('/h5/o?s=abc', 'alice')
    expect(answer.status).toBe(303)
    expect(location(answer)).toBe('/h5/o?s=abc')
    const [session = '', ...more] = setCookies(answer)
    const [pair, ...attributes] = session.split('; ')
    expect(pair).toMatch(new RegExp(`^${SESSION_COOKIE}=[\\w-]{43}$`))
    expect(attributes.sort()).toEqual([
      'HttpOnly',
      'Max-Age=259200',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
    expect(more).toEqual([])
  })

  test('logs in every tab that is on its way, in whatever order they come back', async () => {
    const one = browser()
    const states = [await one.leave('/h5/o?s=a'), await one.leave('/h5/o?s=b')]
    for (const state of [...states, await one.leave('/h5/o?s=c')].reverse())
      expect((await one.back(state, codeOf('alice'))).status).toBe(303)
  })

  const browserAt = async (to: string, person: string) => {
    const one = browser()
    return one.back(await one.leave(to), codeOf(person))
  }

  test('knows the person of the mini-program again', async () => {
    const token = await app.login('Bob', WECOM)
    const mine = await app.call('GET', '/v1/sessions/current', { token })
    const page = await (await browser().login('bob')).call('GET', '/v1/sessions/current')
    expect(page.body).toMatchObject({ app: WECOM, kind: 'web', viewer: mine.body.viewer })
    expect(mine.body).toMatchObject({ app: WECOM, kind: 'app' })
  })

  test('asks the platform for the name, as a login of the mini-program does', async () => {
    app.wecom.names.set('frank', 'Frank')
    const { body } = await (await browser().login('frank')).call('GET', '/v1/me')
    expect(body).toMatchObject({ name: 'Frank', nameFrom: 'platform' })
  })

  test('is recorded', async () => {
    const me = await (await browser().login('carol')).call('GET', '/v1/sessions/current')
    const actor = me.body.viewer.id
    const entries = await app.storage.manager.findBy(AuditEntryEntity, { actor })
    expect(entries.map(({ kind, decision }) => [kind, decision])).toEqual([
      ['session.open', 'done'],
    ])
  })

  const broken: [string, (one: WebBrowser, state: string) => Promise<Answer>][] = [
    [
      'without its cookie: the login of somebody else',
      (one, state) => {
        one.cookies.clear()
        return one.back(state, codeOf('mallory'))
      },
    ],
    [
      'with the cookie of another login',
      async (one, state) => {
        one.cookies.clear()
        await one.leave('/h5/')
        return one.back(state, codeOf('mallory'))
      },
    ],
    [
      'too late',
      (one, state) => {
        app.clock.advance(10 * MINUTE)
        return one.back(state, codeOf('alice'))
      },
    ],
    ['with a code that the platform refuses', (one, state) => one.back(state, 'no code')],
    ['without a code', (one, state) => one.visit(`/h5/callback?state=${state}`)],
    ['with a code of 513 bytes', (one, state) => one.back(state, 'a'.repeat(513))],
  ]

  test.each(broken)('%s, it begins once more, and no more', async (_what, end) => {
    const before = await sessions()
    const one = browser()
    const again = await end(one, await one.leave('/h5/o?s=abc'))
    expect(again.status).toBe(302)
    expect(location(again)).toMatch(
      /^https:\/\/open\.weixin\.qq\.com\/connect\/oauth2\/authorize\?/,
    )
    const last = await end(one, stateOf(again))
    expectExplained(last)
    expect(await sessions()).toBe(before)
    expect(setCookies(last)).toEqual([])
  })

  test('begins once more and then succeeds, at the page that was meant', async () => {
    const one = browser()
    const state = await one.leave('/h5/o?s=abc')
    one.cookies.clear()
    const again = await one.back(state, codeOf('alice'))
    const answer = await one.back(stateOf(again), codeOf('alice'))
    expect([answer.status, location(answer)]).toEqual([303, '/h5/o?s=abc'])
  })

  test.each(['0'.repeat(64), 'x', '', "' OR 1=1", 'A'.repeat(64)])(
    'with a state that nobody knows (%s), the next login is the last',
    async (state) => {
      const one = browser()
      const again = await one.back(state, codeOf('alice'))
      expect(again.status).toBe(302)
      one.cookies.clear()
      expectExplained(await one.back(stateOf(again), codeOf('alice')))
    },
  )

  test('a state counts once, also when it comes twice at the same moment', async () => {
    const before = await sessions()
    const one = browser()
    const state = await one.leave()
    const answers = await Promise.all([
      one.back(state, codeOf('dora')),
      one.back(state, codeOf('dora')),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 303])
    expect((await one.back(state, codeOf('dora'))).status).toBe(302)
    expect(await sessions()).toBe(before + 1)
  })

  test('two tabs of one browser log in side by side', async () => {
    const one = browser()
    const states = [await one.leave('/h5/o?s=1'), await one.leave('/h5/o?s=2')]
    const first = await one.back(states[0] ?? '', codeOf('eve'))
    expect(location(first)).toBe('/h5/o?s=1')
  })

  test('somebody outside the company gets no session, and no second try', async () => {
    const before = await sessions()
    const one = browser()
    const answer = await one.back(await one.leave(), codeOf('outsider'))
    expectExplained(answer)
    expect(answer.text).toContain('Only members of this company')
    expect(await sessions()).toBe(before)
  })

  describe('under a foreign Host', () => {
    const backAt = (state: string, cookie = '') =>
      app.call('GET', `/h5/callback?${new URLSearchParams({ code: codeOf('alice'), state })}`, {
        headers: { host: 'evil.example', ...(cookie && { cookie }) },
      })

    test('a login of one’s own ends at a path alone', async () => {
      const one = browser()
      const state = await one.leave('/h5/o?s=abc')
      const answer = await backAt(state, `${LOGIN_COOKIE}=${one.cookies.get(LOGIN_COOKIE)}`)
      expect([answer.status, location(answer)]).toEqual([303, '/h5/o?s=abc'])
      expect(JSON.stringify(answer.headers)).not.toContain('evil')
    })

    test('a login without its cookie begins again for the app’s own host', async () => {
      const before = await sessions()
      const answer = await backAt(await browser().leave())
      const back = new URL(location(answer)).searchParams.get('redirect_uri')
      expect([answer.status, back]).toEqual([302, `${ORIGIN}/h5/callback`])
      expect(await sessions()).toBe(before)
    })

    test('an unknown state is nobody’s, and leads nowhere', async () => {
      const answer = await backAt('0'.repeat(64))
      expectExplained(answer)
      expect(answer.headers['location']).toBeUndefined()
    })
  })

  test('an outage of the platform is explained, and costs no session', async () => {
    const one = browser()
    const state = await one.leave()
    app.wecom.web.down = true
    const answer = await one.back(state, codeOf('alice'))
    app.wecom.web.down = false
    expectExplained(answer, 503)
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
  })

  test('another app’s host has that app’s own login', async () => {
    const other = new WebBrowser(app, 'https://b.example.com', WECOM_B)
    await other.login('alice')
    const answer = await other.call('GET', '/v1/sessions/current')
    expect(answer.body.app).toBe(WECOM_B)
  })

  test('the metrics count what became of logins', async () => {
    const { text } = await app.call('GET', '/metrics')
    for (const outcome of ['session', 'again', 'failed', 'not-a-member', 'unavailable'])
      expect(text).toMatch(new RegExp(`sealcard_web_logins_total\\{outcome="${outcome}"\\} [1-9]`))
  })
})
