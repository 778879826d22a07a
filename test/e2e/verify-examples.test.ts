import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  FAKE_WECHAT_SECRET,
  FAKE_WECOM_SECRET,
  SimulatorClient,
  startSimulator,
  type Client,
  type Simulator,
} from '@sealcard/simulator'
import {
  createMemoryStore,
  createVerifier,
  type LogEntry,
  type SessionKeys,
  type Verifier,
  type VerifierOptions,
} from '@sealcard/verify'
import { createApp as nestApp, type Shop } from '../../examples/verify-nest/app.js'
import { Member } from '../support/member.js'

const CONTENT = '青瓷茶具一套，¥ 860'
const REFUSED = {
  status: 403,
  body: { code: 'ERR_PROOF_REJECTED', message: 'the proof was rejected' },
}

const shop: Shop = {
  viewerOf: ({ 'x-viewer': viewer }) => viewer as string | undefined,
  contentOf: (cardId) => (cardId === 'order-1' ? CONTENT : undefined),
}

interface Fastify {
  ready(): PromiseLike<unknown>
  routing: RequestListener
}
/** The examples in JavaScript. What each makes is of its framework. */
const example = <App>(name: string) =>
  jest.requireActual<{ createApp(given: Shop & { verifier: Verifier }): App }>(
    `../../examples/verify-${name}/app.mjs`,
  )
const listenerOf = async (app: Fastify): Promise<RequestListener> => {
  await app.ready()
  return (request, response) => {
    app.routing(request, response)
  }
}

const frameworks: Record<string, (options: VerifierOptions) => Promise<RequestListener>> = {
  express: async (options) =>
    example<RequestListener>('express').createApp({ ...shop, verifier: createVerifier(options) }),
  koa: async (options) =>
    example<{ callback(): RequestListener }>('koa')
      .createApp({ ...shop, verifier: createVerifier(options) })
      .callback(),
  fastify: (options) =>
    listenerOf(
      example<Fastify>('fastify').createApp({ ...shop, verifier: createVerifier(options) }),
    ),
  nest: async (options) => {
    const app = await nestApp(options, shop)
    await app.init()
    return listenerOf(app.getHttpAdapter().getInstance())
  },
}

let simulator: Simulator
let control: SimulatorClient
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'demo' })
  control = new SimulatorClient(simulator.url)
})
afterAll(() => simulator.close())

const ask = async (at: string, query: Record<string, string>, body?: object) => {
  const init = body && { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(`${simulator.url}/${at}?${new URLSearchParams(query)}`, init)
  return (await answer.json()) as Record<string, string>
}
const app = { appid: 'wx0000000000000001', secret: FAKE_WECHAT_SECRET }

/** What a back-end asks of the platform. */
const platforms = {
  wechat: {
    exchange: async (js_code: string) => {
      const query = { ...app, js_code, grant_type: 'authorization_code' }
      const { openid, session_key } = await ask('api.weixin.qq.com/sns/jscode2session', query)
      return { viewerId: openid!, key: session_key! }
    },
    value: async (openid: string) => {
      const body = { ...app, grant_type: 'client_credential' }
      const token = await ask('api.weixin.qq.com/cgi-bin/stable_token', {}, body)
      const query = { access_token: token.access_token!, openid }
      const made = await ask('api.weixin.qq.com/cgi-bin/message/wxopen/activityid/create', query)
      return { value: made.activity_id! }
    },
    declare: (value: string) => ({ activityId: value }),
  },
  wecom: {
    exchange: async (js_code: string) => {
      const corp = { corpid: 'ww0000000000000001', corpsecret: FAKE_WECOM_SECRET }
      const { access_token = '' } = await ask('qyapi.weixin.qq.com/cgi-bin/gettoken', corp)
      const query = { access_token, js_code, grant_type: 'authorization_code' }
      const at = 'qyapi.weixin.qq.com/cgi-bin/miniprogram/jscode2session'
      const { userid, session_key } = await ask(at, query)
      return { viewerId: userid!, key: session_key! }
    },
    value: async () => ({}),
    declare: (value: string) => ({ state: value }),
  },
}

describe.each(Object.keys(frameworks))('the example for %s', (framework) => {
  describe.each<Client>(['wechat', 'wecom'])('in %s', (client) => {
    const keys = new Map<string, SessionKeys>()
    const logged: LogEntry[] = []
    let server: Server
    let away = false
    let proofs: () => Promise<unknown>
    let [chen, zhou, shareId] = ['', '', '']

    const logIn = async (person: string) => {
      const member = new Member(person, client, control, '')
      const { viewerId, key } = await platforms[client].exchange(await member.code())
      keys.set(viewerId, { current: key })
      return { member, viewerId }
    }

    beforeAll(async () => {
      const store = createMemoryStore()
      const options: VerifierOptions = {
        platform: client,
        app: 'shop',
        keys: { keysOf: async (viewerId) => keys.get(viewerId) ?? null },
        store: {
          ...store,
          find: async (...asked) => {
            if (away) throw new Error('the database is away')
            return store.find(...asked)
          },
        },
        log: (entry) => logged.push(entry),
      }
      server = createServer(await frameworks[framework]!(options)).listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))

      const sender = await logIn('lin')
      const made = await platforms[client].value(sender.viewerId)
      // The sharer's route of a back-end. Its verifier and the example's have one store.
      const declared = await createVerifier(options).declare({ cardId: 'order-1', ...made })
      shareId = declared.shareId
      const share = {
        declare: platforms[client].declare(declared.value),
        title: '你的订单',
        path: `pages/read/read?s=${shareId}`,
      }
      const card = await sender.member.send(share, `${client}-lin-chen`)
      const recipient = await logIn('chen')
      chen = recipient.viewerId
      zhou = (await logIn('zhou')).viewerId
      proofs = () => recipient.member.prove(card)
    })
    afterAll(async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    })

    const open = async (viewer: string | undefined, proof: unknown) => {
      const { port } = server.address() as AddressInfo
      const answer = await fetch(`http://127.0.0.1:${port}/openings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(viewer && { 'x-viewer': viewer }) },
        body: JSON.stringify({ shareId, proof }),
      })
      return { status: answer.status, body: await answer.json() }
    }
    const lastReason = () => {
      const entry = logged.at(-1)
      return entry && 'reason' in entry ? entry.reason : entry?.outcome
    }

    it('opens for a recipient, and not twice with one proof', async () => {
      const proof = await proofs()
      expect(await open(chen, proof)).toEqual({ status: 200, body: { content: CONTENT } })
      expect(await open(chen, proof)).toEqual(REFUSED)
      expect(lastReason()).toBe('proof_used')
    })

    it('refuses a stranger, also one who has the proof of a recipient', async () => {
      const proof = await proofs()
      expect(await open(zhou, { valid: false })).toEqual(REFUSED)
      expect(await open(zhou, proof)).toEqual(REFUSED)
      expect(lastReason()).toBe('proof_not_opened')
      expect(await open(undefined, proof)).toMatchObject({ status: 401 })
      expect(await open(chen, proof)).toMatchObject({ status: 200 })
    })

    it('refuses while its database is away', async () => {
      const proof = await proofs()
      away = true
      try {
        expect(await open(chen, proof)).toEqual(REFUSED)
      } finally {
        away = false
      }
      expect(lastReason()).toBe('outage')
      expect(await open(chen, proof)).toMatchObject({ status: 200 })
    })
  })
})
