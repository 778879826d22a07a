import { fetchRequest } from '../src/adapters/fetch-request'
import { makeServices } from '../src/make-services'
import type { WwLike } from '@sealcard/kit'

jest.mock('../src/adapters/fetch-request')

const answers = jest.mocked(fetchRequest)

const setUp = (env: WwLike['env'], status = 401) => {
  const calls: { url: string; method: string; headers: Record<string, string> }[] = []
  answers.mockReturnValue((call) => {
    calls.push(call)
    return Promise.resolve({
      status,
      headers: {},
      body:
        status === 401
          ? { code: 'ERR_SESSION' }
          : { expiresAt: '2100-01-01T00:00:00Z', viewer: { id: 'V' } },
    })
  })
  const replace = jest.fn()
  const left = new Promise<string>((resolve) => replace.mockImplementation(resolve))
  document.head.innerHTML = '<meta name="sealcard-app" content="acme-wecom">'
  const page = {
    document,
    location: {
      href: 'https://cards.example.com/h5/',
      pathname: '/h5/',
      search: '',
      hash: '',
      replace,
    },
    navigator: { userAgent: 'wxwork/4.1.30 Language/en', language: 'zh-CN' },
    localStorage,
    sessionStorage,
    addEventListener: jest.fn(),
  } as unknown as Window
  const services = makeServices(page, jest.fn(), { env } as WwLike, '2.4.4')
  return { services, calls, replace, left }
}

const IN_WECOM = { isWeCom: true, isWeChat: false }

describe('the services of the page', () => {
  beforeEach(() => {
    sessionStorage.clear()
    localStorage.clear()
  })

  it('know where the page is open', () => {
    expect(setUp(IN_WECOM).services.place).toBe('wecom')
    expect(setUp({ isWeCom: false, isWeChat: true }).services.place).toBe('wechat')
    expect(setUp({ isWeCom: false, isWeChat: false }).services.place).toBe('browser')
  })

  it('leave for a silent login in WeCom when there is no session, with the app of the document', async () => {
    const { services, left } = setUp(IN_WECOM)
    void services.client.ensureSession().catch(() => undefined)
    expect(await left).toBe('/h5/login?app=acme-wecom&to=%2Fh5%2F')
  })

  it('do not go round: a page that came back without a session stays', async () => {
    sessionStorage.setItem('sealcard.login', '1')
    const { services, replace } = setUp(IN_WECOM)
    await expect(services.client.ensureSession()).rejects.toMatchObject({ fault: 'login' })
    expect(replace).not.toHaveBeenCalled()
  })

  it('may leave again once there was a session', async () => {
    sessionStorage.setItem('sealcard.login', '1')
    await setUp(IN_WECOM, 200).services.client.ensureSession()
    expect(sessionStorage.getItem('sealcard.login')).toBeNull()
  })

  it('log nobody in silently who left, until they ask', async () => {
    const { services, replace } = setUp(IN_WECOM)
    services.departure.write('out')
    await expect(services.client.ensureSession()).rejects.toMatchObject({ fault: 'login' })
    expect(replace).not.toHaveBeenCalled()
    services.signIn()
    expect(replace).toHaveBeenCalledTimes(1)
    expect(services.departure.read()).toBeNull()
  })

  it('leave a browser only when the person asks', async () => {
    const { services, replace } = setUp({ isWeCom: false, isWeChat: false })
    await expect(services.client.ensureSession()).rejects.toMatchObject({ fault: 'login' })
    expect(replace).not.toHaveBeenCalled()
    services.signIn()
    expect(replace).toHaveBeenCalledWith('/h5/login?app=acme-wecom&to=%2Fh5%2F&via=web&lang=en')
  })

  it('mark every call as one of the page', async () => {
    const { services, calls } = setUp(IN_WECOM, 200)
    await services.client.ensureSession()
    expect(calls).toEqual([
      expect.objectContaining({
        url: '/v1/sessions/current',
        headers: expect.objectContaining({ 'X-Sealcard': '1' }),
      }),
    ])
  })
})
