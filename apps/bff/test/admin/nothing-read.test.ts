import { ViewerRepository } from '../../src/members/sessions/viewer.repository.js'
import { PlatformHealth } from '../../src/platforms/calls/platform-health.js'
import { ADMIN, asAdmin, startAdmin } from '../kit/admin/support.js'
import { WECHAT, WECOM } from '../kit/config.js'
import { key, wechatProof } from '../kit/proofs.js'
import type { TestApp } from '../kit/test-app.js'

const BODY = 'canary-of-a-body-5e1f'
const OPENID = 'oCanaryOfAnOpenid77'
const USERID = 'canary.userid.of.wecom'

let app: TestApp
let ids: Record<string, string>
let secrets: string[]

beforeAll(async () => {
  app = await startAdmin()
  const alice = await app.login(OPENID)
  const wendy = await app.login(USERID, WECOM)
  const bob = await app.login('oBob')
  const shared = await app.shared(alice, { title: 'A title', body: BODY })
  const wecom = await app.shared(wendy, { title: 'Another', body: BODY })
  await app.open(bob, shared.shareId, { encryptedData: '', iv: '' })
  await app.open(bob, shared.shareId, wechatProof(key('oBob'), shared.declared))
  const viewerId = (await app.nest.get(ViewerRepository).find(WECHAT, OPENID))?.id ?? ''
  ids = { cardId: shared.cardId, viewerId, shareId: shared.shareId }
  secrets = [BODY, alice, wendy, bob, shared.declared, wecom.declared, key(OPENID), ADMIN, 'v1.k1.']
})
afterAll(() => app.stop())

/** Every GET for administrators, from the document of the API, which names every route. */
const gets = async (): Promise<string[]> => {
  const { body } = await app.call('GET', '/openapi.json')
  return Object.entries<Record<string, unknown>>(body.paths)
    .filter(([path, methods]) => path.startsWith('/v1/admin/') && 'get' in methods)
    .map(([path]) => path.replace('/v1/admin/', ''))
}
const filled = (path: string) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? ids['cardId'] ?? '')

/** The routes where an administrator asks who a person is. */
const PERSONAL = ['viewers/{viewerId}', 'viewers/{viewerId}/export']

test('no answer to an administrator holds a body, a token, a key or a declared value', async () => {
  const paths = await gets()
  expect(paths.length).toBeGreaterThan(12)
  for (const path of paths) {
    for (const query of ['', '?format=csv']) {
      if (query && !path.endsWith('export')) continue
      const { status, text } = await asAdmin(app, 'GET', `${filled(path)}${query}`)
      expect({ path, ok: status < 500 }).toEqual({ path, ok: true })
      for (const secret of secrets)
        expect({ path, has: text.includes(secret) }).toEqual({ path, has: false })
    }
  }
})

test('G5 openid and userid are only where a person is asked for, and marked there', async () => {
  for (const path of await gets()) {
    const answer = await asAdmin(app, 'GET', filled(path))
    const named = answer.text.includes(OPENID) || answer.text.includes(USERID)
    expect({ path, named }).toEqual({ path, named: PERSONAL.includes(path) })
    if (named) expect(answer.body.personal).toHaveLength(1)
  }
})

test('what is asked for is what is answered: every list has the card, the openings, the person', async () => {
  const { cardId = '', viewerId = '' } = ids
  for (const path of ['cards', 'openings', 'sessions', 'audit', 'cards/export', 'openings/export'])
    expect((await asAdmin(app, 'GET', path)).text).toContain(
      path.startsWith('sess') ? viewerId : cardId,
    )
  expect((await asAdmin(app, 'GET', `cards?q=${ids['shareId']}`)).body.items[0].id).toBe(cardId)
})

test('apps are listed without their secrets', async () => {
  const { body } = await asAdmin(app, 'GET', 'apps')
  expect(body.items).toContainEqual({ id: WECHAT, platform: 'wechat', appid: 'wx01' })
  expect(body.items).toContainEqual({ id: WECOM, platform: 'wecom', corpid: 'ww01', agentid: 1 })
  expect(body.items).toHaveLength(4)
})

test('health: the token’s age and source, the breaker, the last error, and the outages before', async () => {
  const health = app.nest.get(PlatformHealth)
  const of = async () =>
    (await asAdmin(app, 'GET', 'health')).body.apps.find(
      (one: { app: string }) => one.app === WECHAT,
    )
  expect(await of()).toMatchObject({ token: null, breaker: 'closed', lastError: null, outages: [] })
  const at = () => new Date(app.clock.now()).toISOString()
  const began = at()
  health.tokenFetched(WECHAT, app.clock.now(), app.clock.now() + 7_200_000)
  health.refused(WECHAT, 'createActivityId', 45009)
  app.clock.advance(90_000)
  const open = at()
  health.breakerChanged(WECHAT, 'open')
  expect(await of()).toMatchObject({
    token: { source: 'memory', ageSeconds: 90, fetchedAt: began },
    breaker: 'open',
    lastError: { at: began, operation: 'createActivityId', code: '45009' },
    outages: [{ from: open, to: null }],
  })
  app.clock.advance(1000)
  health.breakerChanged(WECHAT, 'half-open')
  health.breakerChanged(WECHAT, 'open')
  app.clock.advance(1000)
  health.breakerChanged(WECHAT, 'closed')
  expect((await of()).outages).toEqual([{ from: open, to: at() }])
  app.clock.advance(7_200_000)
  expect((await of()).token).toBeNull()
})
