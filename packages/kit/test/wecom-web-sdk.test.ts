/** The platform on the real SDK, `@wecom/jssdk` 2.4.4, in a page whose bridge is played here. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createContext, runInContext } from 'node:vm'
import type * as sdk from '@wecom/jssdk'
import { createWecomWebPlatform } from '../src/wecom-web.js'
import type { WwLike } from '../src/ww-types.js'
import { fakePage, PAGE, PHONE, signaturesFor } from './kit/fake-ww.js'

// What the package says it is must fit what the kit asks for.
const fits = (ww: typeof sdk): WwLike => ww
const source = readFileSync(
  createRequire(__filename).resolve('@wecom/jssdk/dist/wecom.global.prod.js'),
  'utf8',
)
const declaration = { platform: 'wecom', state: 'STATE' } as const
const content = { title: 'T', desc: '', link: `${PAGE}&n=1`, imgUrl: 'https://cards.example.com/i' }

/**
 * `register` starts a handshake and drops its promise. When it fails, a page has a line in its console, but Jest
 * fails the test. So here the handshake starts with the first call alone.
 */
const withoutFirstHandshake = (ww: typeof sdk): WwLike => ({
  ...fits(ww),
  register: (options) => {
    const held = { corpId: options.corpId }
    ww.register(held)
    Object.assign(held, options)
  },
})

type Reply = (result: object) => void
type Native = (args: Record<string, unknown>, reply: Reply) => void
const says =
  (answer: object): Native =>
  (_args, reply) => {
    reply({ ...answer })
  }

const load = (
  userAgent = PHONE,
  bridge: 'there' | 'late' | 'never' = 'there',
  sdkOf: (ww: typeof sdk) => WwLike = fits,
) => {
  const window = fakePage(userAgent)
  const invoked: { name: string; args: Record<string, unknown> }[] = []
  const events: Record<string, () => void> = {}
  const natives: Record<string, Native> = {}
  const WeixinJSBridge = {
    invoke: (name: string, args: object, reply: Reply) => {
      // A real bridge sends text.
      const sent = JSON.parse(JSON.stringify(args)) as Record<string, unknown>
      invoked.push({ name, args: sent })
      const native = natives[name] ?? says({ err_msg: `${name}:ok` })
      native(sent, reply)
    },
    on: (name: string, listener: () => void) => {
      events[name] = listener
    },
  }
  let arrive = (): void => {}
  const global: Record<string, unknown> = {
    navigator: { userAgent, platform: 'iPhone' },
    location: window.location,
    document: {
      title: 'Page',
      addEventListener: (_name: string, listener: () => void) => {
        arrive = () => {
          global['WeixinJSBridge'] = WeixinJSBridge
          listener()
        }
      },
    },
    console,
    setTimeout,
    clearTimeout,
  }
  if (bridge === 'there') global['WeixinJSBridge'] = WeixinJSBridge
  global['window'] = global
  runInContext(source, createContext(global))
  const signed: string[] = []
  const platform = createWecomWebPlatform(sdkOf(global['ww'] as typeof sdk), {
    page: window.page,
    sign: (url) => {
      signed.push(url)
      return Promise.resolve(signaturesFor(url))
    },
    logIn: () => undefined,
  })
  const names = () => invoked.map(({ name }) => name)
  return {
    platform,
    window,
    invoked,
    names,
    events,
    natives,
    signed,
    arrive: () => {
      arrive()
    },
  }
}
const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'resolved',
    (error: unknown) => (error as { fault: string }).fault,
  )

const verified = {
  appId: 'wwCORP',
  verifyAppId: 'wwCORP',
  verifySignType: 'sha1',
  verifyTimestamp: '1700000000',
  verifyNonceStr: `nonce of ${PAGE}`,
  verifySignature: 'AGENT',
}

it('declares with agentConfig alone, and sends the signature in force with the call', async () => {
  const { platform, invoked, signed } = load()
  await platform.declare(declaration)
  expect(invoked).toEqual([
    {
      name: 'agentConfig',
      args: {
        corpid: 'wwCORP',
        agentid: '1000002',
        timestamp: '1700000000',
        nonceStr: `nonce of ${PAGE}`,
        signature: 'AGENT',
        jsApiList: expect.arrayContaining(['getShareInfo', 'menu:share:appmessage']) as unknown,
      },
    },
    { name: 'setShareAttr', args: { withShareTicket: true, state: 'STATE', ...verified } },
  ])
  expect(signed).toEqual([PAGE])
})

it('opens: ticket from the context, proof from the share info', async () => {
  const { platform, natives, invoked } = load()
  natives['getContext'] = says({ err_msg: 'getContext:ok', entry: 'normal', shareTicket: 'ST' })
  natives['getShareInfo'] = says({ err_msg: 'getShareInfo:ok', encryptedData: 'D', iv: 'I' })
  const ticket = await platform.ticket()
  expect(ticket).toEqual({ shareTicket: 'ST' })
  expect(await platform.prove(ticket!)).toEqual({ encryptedData: 'D', iv: 'I' })
  expect(invoked.at(-1)).toEqual({
    name: 'getShareInfo',
    args: { shareTicket: 'ST', ...verified },
  })
})

it.each([
  [{ err_msg: 'getShareInfo:fail_not_recipient' }, 'not-recipient'],
  [{ err_msg: 'getShareInfo:fail', err_code: 60242 }, 'not-recipient'],
  [{ err_msg: 'getShareInfo:fail', err_code: -1 }, 'retry'],
  [{ err_msg: 'getShareInfo:fail', err_code: 42012 }, 'setup'],
])('a client that answers %j to getShareInfo: %s', async (answer, wanted) => {
  const { platform, natives } = load()
  natives['getShareInfo'] = says(answer)
  expect(await fault(platform.prove({ shareTicket: 'T' }))).toBe(wanted)
})

it('a client without the call is too old', async () => {
  const { platform, natives } = load()
  natives['getShareInfo'] = says({ err_msg: 'getShareInfo:function not exist' })
  natives['checkJsApi'] = says({
    err_msg: 'checkJsApi:ok',
    checkResult: JSON.stringify({ getShareInfo: false }),
  })
  expect(await fault(platform.prove({ shareTicket: 'T' }))).toBe('unsupported')
})

it('a refused handshake is a fault of the set-up, and the next call signs anew', async () => {
  const { platform, natives, signed } = load(PHONE, 'there', withoutFirstHandshake)
  natives['agentConfig'] = says({ err_msg: 'agentConfig:fail_invalid signature', err_code: 40093 })
  expect(await fault(platform.ticket())).toBe('setup')
  delete natives['agentConfig']
  expect(await fault(platform.ticket())).toBe('resolved')
  expect(signed).toEqual([PAGE, PAGE])
})

it('signs and declares again after the address changed', async () => {
  const { platform, window, invoked, names, signed } = load()
  await platform.declare(declaration)
  window.location.href = `${PAGE}&view=2#x`
  await platform.moved()
  expect(names()).toEqual(['agentConfig', 'setShareAttr', 'agentConfig', 'setShareAttr'])
  expect(signed).toEqual([PAGE, `${PAGE}&view=2`])
  expect(invoked.at(-1)!.args).toMatchObject({
    verifyNonceStr: `nonce of ${PAGE}&view=2`,
    state: 'STATE',
  })
})

it('continues when the address changes during the handshake', async () => {
  const { platform, window, natives, names } = load(PHONE, 'there', withoutFirstHandshake)
  natives['agentConfig'] = (_args, reply) => {
    delete natives['agentConfig']
    window.location.href = `${PAGE}&view=2`
    reply({ err_msg: 'agentConfig:ok' })
  }
  await platform.declare(declaration)
  expect(names()).toEqual(['agentConfig', 'agentConfig', 'setShareAttr'])
})

it('in WeChat nothing goes over the bridge', async () => {
  const { platform, invoked, signed } = load('Mozilla/5.0 MicroMessenger/7.0.1')
  expect(platform.capabilities.open).toBe('not-wecom')
  expect(invoked).toEqual([])
  expect(signed).toEqual([])
})

it('the menu sends what was offered last, with its link', async () => {
  const { platform, events, invoked } = load()
  await platform.declare(declaration)
  await platform.offerInMenu(content)
  await platform.offerInMenu({ ...content, title: 'second' })
  await new Promise(setImmediate)
  events['menu:share:appmessage']!()
  await new Promise(setImmediate)
  expect(invoked.at(-1)).toMatchObject({
    name: 'sendAppMessage',
    args: { title: 'second', link: content.link, img_url: content.imgUrl, type: 'link' },
  })
})

it('a share that the person cancels is no error; one that the client refuses is', async () => {
  const { platform, natives } = load()
  await platform.declare(declaration)
  natives['shareAppMessage'] = says({ err_msg: 'shareAppMessage:cancel' })
  expect(await platform.share(content)).toBe('cancelled')
  natives['shareAppMessage'] = says({ err_msg: 'shareAppMessage:fail' })
  expect(await fault(platform.share(content))).toBe('retry')
  natives['shareAppMessage'] = says({ err_msg: 'shareAppMessage:confirm' })
  expect(await platform.share(content)).toBe('sent')
})

it('a bridge that comes late is waited for', async () => {
  const { platform, arrive } = load(PHONE, 'late')
  const ticket = fault(platform.ticket())
  await new Promise(setImmediate)
  arrive()
  expect(await ticket).toBe('resolved')
})

it('a bridge that never comes ends in a fault', async () => {
  jest.useFakeTimers()
  try {
    const { platform } = load(PHONE, 'never')
    const ticket = fault(platform.ticket())
    await jest.advanceTimersByTimeAsync(5_000)
    expect(await ticket).toBe('retry')
  } finally {
    jest.useRealTimers()
  }
})
