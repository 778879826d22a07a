import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ManualClock } from '@sealcard/testing'
import { isPublicAddress } from '../../src/core/net/public-address.js'
import { Secret } from '../../src/core/config/secret.js'
import { SystemTimers } from '../../src/core/ports/timers.js'
import { WebhookSender } from '../../src/webhooks/sending/sender.js'
import type { Resolver } from '../../src/webhooks/sending/ways.js'
import { Webhooks } from '../../src/webhooks/webhook.js'
import { testConfig } from '../kit/config.js'
import { WebhookReceiver } from '../kit/webhook-receiver.js'

const message = {
  type: 'webhook.test',
  timestamp: new Date(0).toISOString(),
  data: { app: 'a' },
} as const

describe('an address of the public Internet', () => {
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.1.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2400:3200::1',
  ])('is %s', (ip) => expect(isPublicAddress(ip)).toBe(true))

  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '169.254.0.23',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:169.254.169.254',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%lo',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('is not %s', (ip) => expect(isPublicAddress(ip)).toBe(false))
})

describe('a webhook that does not allow private addresses', () => {
  let receiver: WebhookReceiver
  let sender: WebhookSender
  /** What each look-up answers, one after another; the last one stays. */
  let answers: string[][]
  let lookedUp: string[]
  const resolver: Resolver = {
    lookup: (host, _options, done) => {
      lookedUp.push(host)
      const [now = []] = answers.length > 1 ? answers.splice(0, 1) : answers
      const family = (address: string) => (address.includes(':') ? 6 : 4)
      if (now.length > 0)
        return done(
          null,
          now.map((address) => ({ address, family: family(address) })),
        )
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), [])
    },
  }
  beforeAll(async () => {
    receiver = await WebhookReceiver.start()
  })
  beforeEach(() => {
    sender = new WebhookSender(new ManualClock(), new SystemTimers(), resolver)
    answers = [[]]
    lookedUp = []
  })
  afterEach(async () => {
    await sender.onApplicationShutdown()
    expect(receiver.requests).toEqual([])
    receiver.requests.length = 0
  })
  afterAll(() => receiver.stop())

  const port = () => new URL(receiver.url).port
  const webhookTo = (url: string, more: object = {}) => {
    const [first, ...rest] = testConfig('').apps
    const entry = { ...receiver.config({ url }), allowPrivate: false }
    return new Webhooks({ apps: [{ ...first!, webhooks: [entry] }, ...rest], ...more }).all[0]!
  }
  const sendTo = (url: string, more: object = {}) => sender.send(webhookTo(url, more), 'x', message)
  const refused = { status: null, failure: { code: 'private' } }

  // The configuration refuses most of these. The connection refuses them all the same.
  test.each([
    'http://127.0.0.1',
    'http://0.0.0.0',
    'http://127.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://017700000001',
    'http://0x7f.0.0.1',
    'http://127.0.0.1.',
    'http://①②⑦.0.0.1',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[0:0:0:0:0:ffff:127.0.0.1]',
  ])('does not reach %s', async (host) => {
    answers = [['127.0.0.1']]
    expect(await sendTo(`${host}:${port()}/hook`)).toMatchObject(refused)
  })

  test.each([['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['0.0.0.0'], ['169.254.169.254']])(
    'does not reach a name that leads to %s',
    async (address) => {
      answers = [[address]]
      expect(await sendTo(`http://hooks.example:${port()}/hook`)).toMatchObject(refused)
      expect(lookedUp).toEqual(['hooks.example'])
    },
  )

  test('does not reach a name that leads to a public and to a private address', async () => {
    answers = [['93.184.216.34', '127.0.0.1']]
    expect(await sendTo(`http://hooks.example:${port()}/hook`)).toMatchObject(refused)
  })

  test('judges the address that is connected to: a name that changes between look-ups gains nothing', async () => {
    // A look-up before the connection would take the first answer. There is only the look-up of the connection.
    answers = [['127.0.0.1'], ['93.184.216.34']]
    expect(await sendTo(`http://rebinding.example:${port()}/hook`)).toMatchObject(refused)
    expect(lookedUp).toHaveLength(1)
  })

  test('says when a name leads nowhere', async () => {
    expect(await sendTo('http://nowhere.example/hook')).toMatchObject({
      status: null,
      failure: { code: 'name', cause: 'the name of the host leads nowhere (ENOTFOUND)' },
    })
  })

  describe('behind a proxy', () => {
    const tunnels: string[] = []
    const proxy = createServer()
    beforeAll(async () => {
      proxy.on('connect', (request, socket) => {
        tunnels.push(String(request.url))
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      })
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    })
    beforeEach(() => void (tunnels.length = 0))
    afterAll(() => new Promise((resolve) => proxy.close(resolve)))
    const through = () => {
      const uri = new Secret(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
      return { proxies: { https: uri, http: uri, except: [] } }
    }

    test('leaves by it, and says what it answers', async () => {
      answers = [['93.184.216.34']]
      expect(await sendTo('https://hooks.example/hook', through())).toMatchObject({
        failure: { code: 'proxy', cause: 'the proxy answered 403' },
      })
      expect(tunnels).toEqual(['hooks.example:443'])
    })

    test('asks it for no private address, and for no name that leads to one', async () => {
      expect(await sendTo('https://10.0.0.1/hook', through())).toMatchObject(refused)
      expect(await sendTo('https://[::ffff:a00:1]/hook', through())).toMatchObject(refused)
      answers = [['10.0.0.1']]
      expect(await sendTo('https://hooks.example/hook', through())).toMatchObject(refused)
      expect(tunnels).toEqual([])
    })

    test('lets it look up a name that is unknown here', async () => {
      await sendTo('https://outside.example/hook', through())
      expect(tunnels).toEqual(['outside.example:443'])
    })
  })
})
