import { loadConfig } from '../../../src/core/config/load-config.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import {
  type Env,
  key,
  goodEnv,
  wechat,
  wecom,
  bot,
  goodFile,
  mistakes,
  withApp,
  withWecom,
  withBot,
  without,
} from '../../kit/config-file.js'

const drawn = (n: number) =>
  Buffer.from(Array.from({ length: n }, (_, i) => (i * 89 + 7 * i * i) % 251))
const secretOf = (bytes: Buffer) => `whsec_${bytes.toString('base64')}`
const goodWebhook = { url: 'https://hooks.example.com/seal', secret: secretOf(drawn(32)) }
const [URL_KEY, SECRET_KEY] = ['apps[0].webhooks[0].url', 'apps[0].webhooks[0].secret']
const ofUrl = (what: string, line: string, url: string): [string, string, unknown] => [
  `a webhook’s URL: ${what}`,
  `${URL_KEY}: ${line}`,
  { ...goodWebhook, url },
]
const ofSecret = (what: string, line: string, secret: unknown): [string, string, unknown] => [
  `a webhook’s secret: ${what}`,
  `${SECRET_KEY}: ${line}`,
  { ...goodWebhook, secret },
]
const PRIVATE = 'is a private address'
const FORM = 'must be whsec_ and the base64 of 24 to 64 random bytes'
const webhookMistakes: [string, string, unknown][] = [
  ofUrl('no URL', 'must be an https URL', 'hooks.example.com'),
  ofUrl('another scheme', 'must be an https URL', 'file:///etc/passwd'),
  ofUrl('http', 'must be https', 'http://hooks.example.com/'),
  ofUrl('a user', 'must hold no user', 'https://user:password@hooks.example.com/'),
  ofUrl('a fragment', 'must hold no #', 'https://hooks.example.com/#x'),
  ofUrl('loopback', PRIVATE, 'https://127.0.0.1/'),
  ofUrl('loopback in decimal', PRIVATE, 'https://2130706433/'),
  ofUrl('loopback in octal', PRIVATE, 'https://0177.0.0.1/'),
  ofUrl('loopback in hex', PRIVATE, 'https://0x7f.1/'),
  ofUrl('zero', PRIVATE, 'https://0.0.0.0/'),
  ofUrl('a name of this machine', PRIVATE, 'https://api.localhost/'),
  ofUrl('a metadata service', PRIVATE, 'https://169.254.169.254/latest/'),
  ofUrl('a cloud’s own network', PRIVATE, 'https://100.100.100.200/'),
  ofUrl('IPv6 loopback', PRIVATE, 'https://[::1]/'),
  ofUrl('IPv4 in IPv6', PRIVATE, 'https://[::ffff:10.0.0.1]/'),
  ofSecret('no form', FORM, 'correct horse battery staple'),
  ofSecret('too short', FORM, secretOf(drawn(23))),
  ofSecret('too long', FORM, secretOf(drawn(65))),
  ofSecret('base64 that is cut', FORM, secretOf(drawn(25)).slice(0, -2)),
  ofSecret('one byte repeated', 'is weak', secretOf(Buffer.alloc(32, 7))),
  ofSecret(
    'bytes that count',
    'is weak',
    secretOf(Buffer.from(Array.from({ length: 32 }, (_, i) => i))),
  ),
  ofSecret('a few letters', 'is weak', secretOf(Buffer.from('abcabcabcabcabcabcabcabcabc'))),
  ofSecret('not set', 'environment variable HOOK_SECRET is not set', { env: 'HOOK_SECRET' }),
  [
    'a webhook’s event that there is not',
    'apps[0].webhooks[0].events[0]: must be one of card.opened',
    { ...goodWebhook, events: ['card.read'] },
  ],
  [
    'a webhook without events',
    'apps[0].webhooks[0].events: must name at least one event',
    { ...goodWebhook, events: [] },
  ],
  [
    'a webhook’s previous secret that is weak',
    'apps[0].webhooks[0].previous.secret: is weak',
    { ...goodWebhook, previous: { secret: secretOf(Buffer.alloc(32, 7)) } },
  ],
  [
    'a webhook’s previous secret that is the present one',
    'apps[0].webhooks[0].previous.secret: is the secret of now',
    { ...goodWebhook, previous: { secret: goodWebhook.secret } },
  ],
  [
    'a webhook’s previous secret until no time',
    'apps[0].webhooks[0].previous.until: must be an RFC 3339 time in UTC',
    { ...goodWebhook, previous: { secret: secretOf(drawn(40)), until: 'tomorrow' } },
  ],
  [
    'a webhook’s previous secret without a secret',
    'apps[0].webhooks[0].previous.secret: must be a string',
    { ...goodWebhook, previous: {} },
  ],
  [
    'an unknown key of a webhook',
    'apps[0].webhooks[0].retries: unknown key',
    { ...goodWebhook, retries: 3 },
  ],
]

describe('a configuration mistake', () => {
  it.each<[string, string, unknown, Env?]>([
    ['no config file named', 'SEALCARD_CONFIG: not set', goodFile, { SEALCARD_CONFIG: undefined }],
    ['a file that is not JSON', 'SEALCARD_CONFIG: ./sealcard.config.json is not JSON', '{'],
    ['a file that is no object', 'the config file: ', []],
    ['an unknown key', 'colour: unknown key', { ...goodFile, colour: 1 }],
    [
      'an unknown key of an app',
      'apps[0].allowUnofficialApiBase: unknown key',
      withApp({ allowUnofficialApiBase: true }),
    ],
    ['no apps', 'apps: ', without(goodFile, 'apps')],
    [
      'names from a platform that tells none',
      'apps[0].names: must be "self" or "off"',
      withApp({ names: 'platform' }),
    ],
    [
      'names from elsewhere',
      'apps[1].names: must be "platform", "self" or "off"',
      withWecom({ names: 'ldap' }),
    ],
    [
      'a time zone that there is not',
      'apps[0].timeZone: must be a time zone of the IANA database',
      withApp({ timeZone: 'Asia/Peking' }),
    ],
    [
      'a page with a query',
      'apps[0].openPath: must be a page of the mini-program',
      withApp({ openPath: '/pages/open/index?s=1' }),
    ],
    [
      'a page that is no path',
      'apps[0].openPath: must be a page of the mini-program',
      withApp({ openPath: 'pages/open/index' }),
    ],
    [
      'an owner’s page with a query',
      'apps[0].cardPath: must be a page of the mini-program',
      withApp({ cardPath: '/pages/card/index?id=1' }),
    ],
    [
      'a first page that is no path',
      'apps[0].homePath: must be a page of the mini-program',
      withApp({ homePath: 'index' }),
    ],
    ...webhookMistakes.map(([what, line, webhook]): [string, string, unknown] => [
      what,
      line,
      withApp({ webhooks: [webhook] }),
    ]),
    [
      'a webhook twice',
      'apps[0].webhooks[1].url: used twice in this app',
      withApp({ webhooks: [goodWebhook, goodWebhook] }),
    ],
    ['webhooks that are no list', 'apps[0].webhooks: ', withApp({ webhooks: goodWebhook })],
    ['an empty list of apps', 'apps: must name at least one app', { apps: [] }],
    [
      'a secret that is not in the environment',
      'apps[0].secret: environment variable WECHAT_SECRET is not set',
      goodFile,
      { WECHAT_SECRET: undefined },
    ],
    [
      'an empty secret',
      'apps[0].secret: environment variable WECHAT_SECRET must be',
      goodFile,
      { WECHAT_SECRET: '' },
    ],
    [
      'a secret of another form',
      'apps[0].secret: must be a string, { "env": NAME } or',
      withApp({ secret: 1 }),
    ],
    [
      'no secret',
      'apps[0].secret: must be a string, { "env": NAME } or',
      withApp({ secret: undefined }),
    ],
    ['an unknown platform', 'apps[0].platform: ', withApp({ platform: 'qq' })],
    ['an app without id', 'apps[0].id: ', withApp({ id: undefined })],
    ['an app id with a slash', 'apps[0].id: must be', withApp({ id: 'a/b' })],
    [
      'two apps of one id',
      'apps[1].id: used twice',
      {
        ...goodFile,
        apps: [wechat, wecom, { ...wecom, id: 'acme-wechat' }]
          .slice(0, 3)
          .filter((_, i) => i !== 1),
        bots: [],
      },
    ],
    ['an appid that is none', 'apps[0].appid: must be wx', withApp({ appid: 'wx123' })],
    ['a corpid that is none', 'apps[1].corpid: must be', withWecom({ corpid: '1' })],
    ['an agentid as text', 'apps[1].agentid: ', withWecom({ agentid: '1000002' })],
    [
      'an apiBase that is no URL',
      'apps[0].apiBase: must be an http(s) URL',
      withApp({ apiBase: 'api.weixin.qq.com' }),
    ],
    [
      'an apiBase with a query',
      'apps[0].apiBase: must be an http(s) URL',
      withApp({ apiBase: 'https://a/?b=1' }),
    ],
    ['a bot of no app', 'bots[0].app: no app has this id', withBot({ app: 'other' })],
    ['a bot of a WeChat app', 'bots[0].app: must be a WeCom app', withBot({ app: 'acme-wechat' })],
    [
      'notices by pigeon',
      'bots[0].notices.by: must be "conversation" or "app-message"',
      withBot({ notices: { by: 'pigeon' } }),
    ],
    [
      'two bots of one app that have it send messages',
      'bots[1].notices.by: another bot of this app has app-message already',
      {
        ...goodFile,
        bots: ['a', 'b'].map((id) => ({ ...bot, id, notices: { by: 'app-message' } })),
      },
    ],
    ['two bots of one id', 'bots[1].id: used twice', { ...goodFile, bots: [bot, bot] }],
    [
      'an EncodingAESKey of 42 characters',
      'bots[0].encodingAesKey: must be 43',
      withBot({ encodingAesKey: 'a'.repeat(42) }),
    ],
    ['a token with a dash', 'bots[0].token: must be 1 to 32', withBot({ token: 'a-b' })],
    ['an unknown key of a bot', 'bots[0].name: unknown key', withBot({ name: 'x' })],
    ['a window of no days', 'windows.shareDays: ', { ...goodFile, windows: { shareDays: 0 } }],
    [
      'a share window past the verify window',
      'windows.shareDays: must not exceed',
      { ...goodFile, windows: { shareDays: 9, verifyDays: 8 } },
    ],
    ['an unknown window', 'windows.days: unknown key', { ...goodFile, windows: { days: 1 } }],
    ['a limit as text', 'limits.bodyBytes: ', { ...goodFile, limits: { bodyBytes: '1' } }],
    [
      'a limit of nothing',
      'limits.loginsPerPersonPerMinute: ',
      { ...goodFile, limits: { loginsPerPersonPerMinute: 0 } },
    ],
    [
      'a proxy by name',
      'trustedProxies[0]: must be an IP',
      { ...goodFile, trustedProxies: ['proxy'] },
    ],
    [
      'a proxy range too long',
      'trustedProxies[1]: must be an IP',
      { ...goodFile, trustedProxies: ['10.0.0.0/8', '10.0.0.0/33'] },
    ],
    ['a port that is none', 'PORT: must be 0 to 65535', goodFile, { PORT: '70000' }],
    ['a port as a word', 'PORT: must be 0 to 65535', goodFile, { PORT: 'http' }],
    [
      'another database',
      'DATABASE_URL: must start with',
      goodFile,
      { DATABASE_URL: 'mysql://h/db' },
    ],
    [
      'another engine',
      'DATABASE_URL: engine must be',
      goodFile,
      { DATABASE_URL: 'sqlite:./x?engine=x' },
    ],
    [
      'an unknown database option',
      'DATABASE_URL: has an unknown option mode',
      goodFile,
      { DATABASE_URL: 'sqlite:./x?mode=ro' },
    ],
    [
      'a log of too few pages',
      'DATABASE_URL: checkpoint_pages must be a number from 10 to 999999',
      goodFile,
      { DATABASE_URL: 'sqlite:./x?checkpoint_pages=9' },
    ],
    [
      'a log of no pages',
      'DATABASE_URL: checkpoint_pages must be a number from 10 to 999999',
      goodFile,
      { DATABASE_URL: 'sqlite:./x?checkpoint_pages=0' },
    ],
    [
      'a log of negative pages',
      'DATABASE_URL: checkpoint_pages must be a number from 10 to 999999',
      goodFile,
      { DATABASE_URL: 'sqlite:./x?checkpoint_pages=-20' },
    ],
    [
      'a log of too many pages',
      'DATABASE_URL: checkpoint_pages must be a number from 10 to 999999',
      goodFile,
      { DATABASE_URL: 'sqlite:./x?checkpoint_pages=1000000' },
    ],
    [
      'a log of unnamed pages',
      'DATABASE_URL: checkpoint_pages must be a number from 10 to 999999',
      goodFile,
      { DATABASE_URL: 'sqlite:./x?checkpoint_pages=' },
    ],
    [
      'statements prepared perhaps',
      'DATABASE_URL: prepared_statements must be on or off',
      goodFile,
      { DATABASE_URL: 'postgres://h/d?prepared_statements=true' },
    ],
    ['no file', 'DATABASE_URL: names no file', goodFile, { DATABASE_URL: 'sqlite:' }],
    ['no keyring', 'SEALCARD_KEYRING: not set', goodFile, { SEALCARD_KEYRING: undefined }],
    [
      'a keyring without an id',
      'SEALCARD_KEYRING: key 1 must read',
      goodFile,
      { SEALCARD_KEYRING: key },
    ],
    [
      'a key of 31 bytes',
      'SEALCARD_KEYRING: key k1 must be the base64',
      goodFile,
      { SEALCARD_KEYRING: `k1:${Buffer.alloc(31).toString('base64')}` },
    ],
    [
      'a key id twice',
      'SEALCARD_KEYRING: key k1 occurs twice',
      goodFile,
      { SEALCARD_KEYRING: `k1:${key},k1:${key}` },
    ],
    [
      'a short admin token',
      'SEALCARD_ADMIN_TOKEN: must be 32 to 512',
      goodFile,
      { SEALCARD_ADMIN_TOKEN: 'x'.repeat(31) },
    ],
    [
      'an admin token that no request could carry',
      'SEALCARD_ADMIN_TOKEN: must be 32 to 512',
      goodFile,
      { SEALCARD_ADMIN_TOKEN: 'x'.repeat(513) },
    ],
    [
      'an admin token with a space',
      'SEALCARD_ADMIN_TOKEN: must be 32 to 512',
      goodFile,
      { SEALCARD_ADMIN_TOKEN: `${'x'.repeat(32)} ` },
    ],
    ['a mode of another name', 'NODE_ENV: must be', goodFile, { NODE_ENV: 'prod' }],
  ])('names %s', (_what, expected, file, ...[env]) => {
    const found = mistakes(file, env)
    expect(found.filter((line) => line.startsWith(expected))).toHaveLength(1)
    expect(found.every((line) => !line.includes('\n'))).toBe(true)
  })

  it('names a file that cannot be read, with the cause', () => {
    const read = (): Uint8Array => {
      throw Object.assign(new Error('x'), { code: 'ENOENT' })
    }
    expect(() => loadConfig(goodEnv, read, PLATFORMS)).toThrow(
      "SEALCARD_CONFIG: can't read ./sealcard.config.json (ENOENT)",
    )
  })

  it('names every mistake at once', () => {
    const file = { apps: [{ ...wechat, appid: 'x', id: 'a' }], bots: [{ ...bot, app: 'b' }], x: 1 }
    const found = mistakes(file, { PORT: 'x', SEALCARD_KEYRING: '' })
    expect(found.map((line) => line.split(':')[0]).sort()).toEqual([
      'PORT',
      'SEALCARD_KEYRING',
      'apps[0].appid',
      'bots[0].app',
      'x',
    ])
  })

  it('never quotes a secret in a mistake', () => {
    const file = withBot({ token: 'S3CRET-token', encodingAesKey: 'S3CRET-key' })
    const env = {
      SEALCARD_KEYRING: 'S3CRET',
      WECHAT_SECRET: 'S3CRET with space',
      SEALCARD_ADMIN_TOKEN: 'S3CRET',
    }
    expect(mistakes(file, env)).toHaveLength(5)
    expect(mistakes(file, env).join()).not.toContain('S3CRET')
    expect(mistakes('{"secret":"S3CRET', env).join()).not.toContain('S3CRET')
  })
})
