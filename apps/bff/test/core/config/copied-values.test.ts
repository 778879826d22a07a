import {
  bot,
  goodEnv,
  goodFile,
  key,
  load,
  mistakes,
  withApp,
  withBot,
} from '../../kit/config-file.js'

const ADMIN = 'an-admin-token-of-more-than-32-characters'
const AES = goodEnv.BOT_AES_KEY
/** Every variable that holds a secret, a good value of it, and the key that a mistake must name. */
const SECRETS = [
  ['WECHAT_SECRET', 'wechat-secret', 'apps[0].secret'],
  ['BOT_AES_KEY', AES, 'bots[0].encodingAesKey'],
  ['BOT_TOKEN', 'Token1', 'bots[0].token'],
  ['SEALCARD_KEYRING', `k1:${key}`, 'SEALCARD_KEYRING'],
  ['SEALCARD_ADMIN_TOKEN', ADMIN, 'SEALCARD_ADMIN_TOKEN'],
] as const

/** What the variable is taken for. */
const taken = (name: string, value: string): string | undefined => {
  const { apps, bots, keyring, adminToken } = load(goodFile, { [name]: value })
  return {
    WECHAT_SECRET: apps[0]?.secret.reveal(),
    BOT_AES_KEY: bots[0]?.encodingAesKey.reveal(),
    BOT_TOKEN: bots[0]?.token.reveal(),
    SEALCARD_KEYRING: keyring.keys.map(({ id, secret }) => `${id}:${secret.reveal()}`).join(),
    SEALCARD_ADMIN_TOKEN: adminToken?.reveal(),
  }[name]
}

describe.each(SECRETS)('%s from an environment file', (name, good, named) => {
  it.each([
    ['a line break', '\n'],
    ['a carriage return', '\r'],
    ['both', '\r\n'],
  ])('is taken without %s at its end', (_what, end) => {
    expect(taken(name, `${good}${end}`)).toBe(good)
  })

  it.each(['"', "'", '`'])('is refused in quotes (%s), and the line says so', (quote) => {
    const found = mistakes(goodFile, { [name]: `${quote}${good}${quote}` })
    expect(found).toEqual([expect.stringMatching(/stands in quotes/)])
    expect(found[0]?.startsWith(`${named}: `)).toBe(true)
    expect(found[0]).not.toContain(good)
  })
})

describe.each(SECRETS.filter(([name]) => name !== 'SEALCARD_KEYRING'))(
  'the length of %s',
  (name, good, named) => {
    it.each([
      ['a blank at the end', `${good} `, 1],
      ['a blank at the end', `${good}\t`, 1],
      ['a blank or line break at the beginning', ` ${good}`, 1],
      ['a line break in it', `${good.slice(0, 3)}\n${good.slice(3)}`, 1],
      ['a character in it that does not show', `${good}\u200b`, 1],
      ['a character in it that is not ASCII', `${good}Ａ`, 1],
    ])('gets an error that names the actual length: %s', (what, value, more) => {
      const [found, ...others] = mistakes(goodFile, { [name]: value })
      expect(others).toEqual([])
      expect(found?.startsWith(`${named}: `)).toBe(true)
      expect(found).toContain(`it has ${good.length + more} characters: ${what}`)
      expect(found).not.toContain(good)
    })
  },
)

it('says that the = of an EncodingAESKey is too much', () => {
  expect(mistakes(goodFile, { BOT_AES_KEY: `${AES}=` })).toEqual([
    'bots[0].encodingAesKey: environment variable BOT_AES_KEY must be 43 letters and digits: it has 44 characters: = at the end',
  ])
})

it('treats a secret that stands in the config file alike', () => {
  expect(mistakes(withApp({ secret: '"plain"' }))).toEqual([
    'apps[0].secret: must be printable, without spaces: it stands in quotes',
  ])
  expect(mistakes(withBot({ ...bot, token: 'Token1\n' }))).toEqual([
    'bots[0].token: must be 1 to 32 letters and digits: it has 7 characters: a line break at the end',
  ])
})

it.each([
  ['hex', Buffer.from(key, 'base64').toString('hex'), 'it is hex'],
  ['base64url', Buffer.alloc(32, 0xfb).toString('base64url'), 'it is base64url'],
  [
    'base64 without its =',
    Buffer.from(key, 'base64').toString('base64').replace('=', ''),
    'its = at the end is missing',
  ],
  ['something else', 'abc', 'it has 3 characters'],
])('says of a key in %s what it is', (_what, secret, said) => {
  const found = mistakes(goodFile, { SEALCARD_KEYRING: `k1:${secret}` })
  expect(found).toEqual([expect.stringContaining(said)])
  expect(found[0]).toContain('SEALCARD_KEYRING: key k1 must be the base64 of 32 bytes')
  expect(found[0]).not.toContain(secret)
})

it('reads every other variable without the line breaks of the file that it came from', () => {
  const config = load(goodFile, {
    NODE_ENV: 'production\r',
    PORT: '8080\r',
    HOST: '0.0.0.0\r',
    DATABASE_URL: 'sqlite:./x.sqlite\r\n',
    SEALCARD_CONFIG: './sealcard.config.json\r',
  })
  expect(config).toMatchObject({
    mode: 'production',
    server: { host: '0.0.0.0', port: 8080 },
    database: { file: './x.sqlite' },
  })
})
