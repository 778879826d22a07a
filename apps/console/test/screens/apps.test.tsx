import type { AppHealth } from '@sealcard/protocol'
import { screen } from '@testing-library/react'
import { failure, fakeServices, show } from '../kit/fake-services'

const app = (change: Partial<AppHealth> = {}): AppHealth => ({
  app: 'shop',
  token: {
    source: 'memory',
    ageSeconds: 60,
    fetchedAt: '2026-11-28T07:59:00Z',
    expiresAt: '2026-11-28T09:59:00Z',
  },
  breaker: 'closed',
  lastSuccessAt: '2026-11-28T07:59:00Z',
  lastError: null,
  outages: [],
  lastCallbackAt: null,
  ...change,
})
const health = (...apps: AppHealth[]) => ({
  at: '2026-11-28T08:00:00Z',
  apps,
  bots: [{ bot: 'desk', app: 'shop', lastCallbackAt: '2026-11-28T07:00:00Z' }],
})
const apps = { items: [{ id: 'shop', platform: 'wechat', appid: 'wx1' }] }
const advice = {
  code: 'ip-not-allowed',
  what: { zh: '平台不允许这台服务器的 IP 地址', en: 'the platform does not allow this address' },
  todo: { zh: '加入白名单', en: 'Add it to the allow-list' },
  passes: false,
}
const lastError = { at: '2026-11-28T07:30:00Z', operation: 'jscode2session', code: '40164', advice }

describe('an app', () => {
  it('shows its platform, its token, and where its bot is called back', async () => {
    const { services } = fakeServices({ 'GET apps': apps, 'GET health': health(app()) })
    show(services, '/apps')
    expect(await screen.findByRole('heading', { name: 'shop' })).toBeTruthy()
    expect(await screen.findByText('wx1')).toBeTruthy()
    expect(screen.getByText('Well')).toBeTruthy()
    expect(screen.getByText('No error')).toBeTruthy()
    expect(screen.getByText('http://localhost/v1/bots/desk/callback')).toBeTruthy()
  })

  it.each([
    ['en', /the platform does not allow this address/, /Add it to the allow-list/],
    ['zh', /平台不允许这台服务器的 IP 地址/, /加入白名单/],
  ] as const)('says in %s what went wrong last, and what to do', async (language, what, todo) => {
    const answers = { 'GET apps': apps, 'GET health': health(app({ lastError })) }
    const { services } = fakeServices(answers, { language })
    show(services, '/apps')
    expect(await screen.findByText(what)).toBeTruthy()
    expect(screen.getByText(todo)).toBeTruthy()
  })

  it('shows a number that nobody knows as the number, and a circuit that is open', async () => {
    const unknown = { ...lastError, code: '99999', advice: null }
    const down = app({ lastError: unknown, breaker: 'open', token: null })
    const { services } = fakeServices({ 'GET apps': apps, 'GET health': health(down) })
    show(services, '/apps')
    expect(await screen.findByText('Circuit open: calls are not tried')).toBeTruthy()
    expect(screen.getAllByText(/jscode2session answered 99999/).length).toBeGreaterThan(0)
    expect(screen.getByText('None now; it is fetched when it is needed')).toBeTruthy()
  })
})

describe('the screen', () => {
  it('shows the app of the header alone, and says when there is no such app', async () => {
    const answers = { 'GET apps': apps, 'GET health': health(app(), app({ app: 'other' })) }
    const { services } = fakeServices(answers)
    show(services, '/apps?app=other')
    expect(await screen.findByRole('heading', { name: 'other' })).toBeTruthy()
    expect(screen.queryByRole('heading', { name: 'shop' })).toBeNull()
    const nothing = fakeServices(answers)
    show(nothing.services, '/apps?app=nothing')
    expect(await screen.findByText('There is no such app')).toBeTruthy()
  })

  it('says why it could not be read', async () => {
    const { services } = fakeServices({ 'GET health': failure('ERR_INTERNAL', 500) })
    show(services, '/apps')
    expect(await screen.findByText('This could not be read')).toBeTruthy()
  })
})
