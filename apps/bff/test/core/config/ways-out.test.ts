import { inspect } from 'node:util'
import { proxyOf, shownProxy } from '../../../src/core/config/proxy-url.js'
import { type Env, goodFile, load, mistakes, withApp, withWecom } from '../../kit/config-file.js'

const production = { NODE_ENV: 'production' }
const relay = 'https://relay.example.com/wecom'

describe('an apiBase that is not the platform’s', () => {
  it('is refused in production, and the line names the key that says that it is meant', () => {
    expect(mistakes(withWecom({ apiBase: relay }), production)).toEqual([
      'apps[1].apiBase: in production it must be https://qyapi.weixin.qq.com; for a relay of yours or a private WeCom, https and "unofficialApiBase": true',
    ])
    expect(
      mistakes(withWecom({ apiBase: relay, unofficialApiBase: false }), production),
    ).toHaveLength(1)
  })

  it('is taken in production where it is said to be meant', () => {
    const { apps } = load(withWecom({ apiBase: relay, unofficialApiBase: true }), production)
    expect(apps[1]).toMatchObject({ apiBase: relay, unofficialApiBase: true })
  })

  it.each(['http://relay.example.com', 'http://qyapi.weixin.qq.com', 'http://127.0.0.1:3100/x'])(
    'is refused in production without TLS, whatever is said: %s',
    (apiBase) => {
      expect(mistakes(withWecom({ apiBase, unofficialApiBase: true }), production)).toEqual([
        'apps[1].apiBase: in production it must be https',
      ])
    },
  )

  it.each([{}, production])('is not said to be meant where it is the platform’s own: %j', (env) => {
    expect(mistakes(withWecom({ unofficialApiBase: true }), env)).toEqual([
      "apps[1].unofficialApiBase: apiBase is the platform's own: remove it",
    ])
  })
})

describe('a proxy', () => {
  const shown = (file: unknown, env: Env = {}) => {
    const { apps, proxies } = load(file, env)
    return apps.map((app) => {
      const proxy = proxyOf(app, proxies)
      return proxy ? shownProxy(proxy) : 'none'
    })
  }

  it.each<[string, Env, string[]]>([
    ['none', {}, ['none', 'none']],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://u:p@proxy:3128' }, ['proxy:3128', 'proxy:3128']],
    ['https_proxy first', { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' }, ['a:1', 'a:1']],
    ['without a scheme', { HTTPS_PROXY: 'proxy:3128\r\n' }, ['proxy:3128', 'proxy:3128']],
    ['HTTP_PROXY, which is not for https', { HTTP_PROXY: 'http://proxy:3128' }, ['none', 'none']],
    [
      'NO_PROXY',
      { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'localhost, api.weixin.qq.com' },
      ['none', 'proxy:3128'],
    ],
    ['an empty one', { HTTPS_PROXY: '' }, ['none', 'none']],
  ])('comes from the environment: %s', (_what, env, expected) => {
    expect(shown(goodFile, env)).toEqual(expected)
  })

  it('of an app comes before it', () => {
    const env = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '*', OWN: 'https://u:p@own:1' }
    expect(shown(withApp({ proxy: { env: 'OWN' } }), env)).toEqual(['own:1', 'none'])
    expect(shown(withApp({ proxy: 'none' }), { HTTPS_PROXY: 'http://p:1' })).toEqual([
      'none',
      'p:1',
    ])
  })

  it.each([
    ['socks5://S3CRET@h:1', 'must be http://[user:password@]host:port'],
    ['http://u:S3CRET@h:1/path', 'must be http://[user:password@]host:port'],
    ['http://u:S3CRET%@h:1', 'must be percent-encoded (%25)'],
    ['"http://u:S3CRET@h:1"', 'stands in quotes'],
  ])('that is invalid is named, without its password: %s', (text, said) => {
    for (const [key, found] of [
      ['HTTPS_PROXY', mistakes(goodFile, { HTTPS_PROXY: text })],
      ['https_proxy', mistakes(goodFile, { https_proxy: text })],
      ['apps[0].proxy', mistakes(withApp({ proxy: text }))],
    ] as const) {
      expect(found).toEqual([expect.stringContaining(said)])
      expect(found[0]?.startsWith(`${key}: `)).toBe(true)
      expect(found[0]).not.toContain('S3CRET')
    }
  })

  it('of an app is named when its variable is not there', () => {
    expect(mistakes(withApp({ proxy: { env: 'NOT_THERE' } }))).toEqual([
      'apps[0].proxy: environment variable NOT_THERE is not set',
    ])
    expect(load(withApp({ proxy: 'none' })).file?.secretsInClear).toBe(false)
  })

  it('shows its password nowhere when the configuration is printed', () => {
    const config = load(withApp({ proxy: 'http://u:S3CRET@own:1' }), {
      HTTPS_PROXY: 'http://u:S3CRET@proxy:1',
    })
    expect(JSON.stringify(config) + inspect(config, { depth: 9 })).not.toContain('S3CRET')
    expect(config.file?.secretsInClear).toBe(true)
  })
})
