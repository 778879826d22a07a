import {
  type Env,
  goodFile,
  load,
  mistakes,
  withApp,
  withWecom,
  withBot,
} from '../../kit/config-file.js'

describe('loadConfig in production', () => {
  const production = { NODE_ENV: 'production' }

  it('accepts the official addresses and drawn keys', () => {
    expect(load(goodFile, production).mode).toBe('production')
  })

  it.each<[string, string, unknown, Env?]>([
    [
      "a simulator's address",
      'apps[0].apiBase: in production',
      withApp({ apiBase: 'http://127.0.0.1:3100/api.weixin.qq.com' }),
    ],
    [
      'a path before the official API',
      'apps[1].apiBase: in production',
      withWecom({ apiBase: 'https://qyapi.weixin.qq.com/x' }),
    ],
    [
      'plain http',
      'apps[0].apiBase: in production',
      withApp({ apiBase: 'http://api.weixin.qq.com' }),
    ],
    [
      "the other platform's address",
      'apps[0].apiBase: in production',
      withApp({ apiBase: 'https://qyapi.weixin.qq.com' }),
    ],
    [
      'a sample EncodingAESKey',
      'bots[0].encodingAesKey: is a sample',
      withBot({ encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' }),
    ],
    [
      "a simulator's secret",
      'apps[0].secret: is the simulator',
      withApp({ secret: { env: 'SIMULATED' } }),
      { SIMULATED: 'fake-wechat-secret-0000000000001' },
    ],
    [
      'a webhook’s secret that the specification prints',
      'apps[0].webhooks[0].secret: is a sample',
      withApp({
        webhooks: [{ url: 'https://a.example/', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
      }),
    ],
    [
      'a webhook’s previous secret that the specification prints',
      'apps[0].webhooks[0].previous.secret: is a sample',
      withApp({
        webhooks: [
          {
            url: 'https://a.example/',
            secret: 'whsec_cGxlYXNlIGRyYXcgYSBuZXcgc2VjcmV0IGhlcmU=',
            previous: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
          },
        ],
      }),
    ],
    ['a sample token', 'bots[0].token: is a sample', withBot({ token: 'QDG6eK' })],
    [
      'an all-zero sealing key',
      'SEALCARD_KEYRING: key k1 is a sample',
      goodFile,
      { SEALCARD_KEYRING: `k1:${Buffer.alloc(32).toString('base64')}` },
    ],
    [
      'a counting sealing key',
      'SEALCARD_KEYRING: key k1 is a sample',
      goodFile,
      {
        SEALCARD_KEYRING: `k1:${Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')}`,
      },
    ],
    ['no keyring', 'SEALCARD_KEYRING: not set', goodFile, { SEALCARD_KEYRING: undefined }],
  ])('refuses %s', (_what, expected, file, ...[env]) => {
    expect(mistakes(file, { ...production, ...env })).toEqual([expect.stringContaining(expected)])
  })
})
