import { openShareInfo } from '@sealcard/crypto'
import { z } from 'zod'
import { LoginRejected, PlatformError } from '../calls/platform-error.js'
import type { PlatformHttp } from '../calls/platform-http.js'
import type {
  ExchangedCode,
  Platform,
  PlatformClient,
  PlatformServices,
} from '../registry/platform.js'
import { type FetchedToken, tokenAnswer, type TokenSource } from '../tokens/token-source.js'
import {
  BAD_TOKEN,
  CODE_REFUSED,
  NO_NAME,
  NOT_ALLOWED,
  OTHER_CORP,
  wecomErrcodes,
} from './errcodes.js'
import { OFFICIAL_API_BASE, type WecomAppConfig, wecomAppKeys, wecomSetup } from './wecom-app.js'
import { WecomBotClient, wecomBots } from './wecom-bots.js'
import { webMistakes } from './web-mistakes.js'
import { wecomWeb, WecomWebClient } from './wecom-web.js'

const session = z.object({
  corpid: z.string(),
  userid: z.string().min(1).max(128),
  session_key: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
})

/** Q39: an app of another developer gets the name only if an administrator allows it. */
const member = z.object({ name: z.string().optional() })

const STATE_BYTES = 32

/** The calls of WeCom's server API. */
export class WecomClient implements PlatformClient<WecomAppConfig> {
  readonly platform = 'wecom'
  readonly bots: WecomBotClient
  readonly web: WecomWebClient

  constructor(private readonly services: PlatformServices) {
    this.bots = new WecomBotClient(services)
    this.web = new WecomWebClient(services)
  }

  /** WeCom Q8, code2Session: with the access token of the app that the mini-program is linked to. */
  async exchangeCode(app: WecomAppConfig, code: string): Promise<ExchangedCode> {
    try {
      const answer = await this.services.tokens.withToken(app, (token) =>
        this.#session(app, token, code),
      )
      if (answer.corpid !== app.corpid) throw new LoginRejected(OTHER_CORP)
      return { viewerKey: answer.userid, sessionKey: answer.session_key }
    } catch (error) {
      if (error instanceof PlatformError && CODE_REFUSED.includes(error.errcode)) {
        throw new LoginRejected(error.errcode)
      }
      throw error
    }
  }

  /** WeCom Q1, setShareAttr: the state is ours, so it must be impossible to guess. No network. */
  async declare(): Promise<string> {
    return this.services.random.bytes(STATE_BYTES).toString('base64url')
  }

  /** WeCom Q39, user/get. */
  async nameOf(app: WecomAppConfig, userid: string): Promise<string | null> {
    const { http, tokens } = this.services
    try {
      const { name } = await tokens.withToken(app, (token) =>
        http.call({
          app,
          operation: 'user/get',
          method: 'GET',
          path: '/cgi-bin/user/get',
          query: { access_token: token, userid },
          notAllowed: NOT_ALLOWED,
          schema: member,
          idempotent: true,
          apart: 'names',
        }),
      )
      return name ?? null
    } catch (error) {
      if (error instanceof PlatformError && NO_NAME.includes(error.errcode)) return null
      throw error
    }
  }

  #session(app: WecomAppConfig, token: string, code: string): Promise<z.infer<typeof session>> {
    return this.services.http.call({
      app,
      operation: 'miniprogram/jscode2session',
      method: 'GET',
      path: '/cgi-bin/miniprogram/jscode2session',
      query: { access_token: token, js_code: code, grant_type: 'authorization_code' },
      notAllowed: NOT_ALLOWED,
      schema: session,
      // A code is good once. The platform refuses a bad token before it looks at the code.
      idempotent: false,
    })
  }
}

/** WeCom Q21, gettoken: one token per app; the platform has no way to force another. */
export class WecomTokenSource implements TokenSource<WecomAppConfig> {
  readonly badToken = BAD_TOKEN

  constructor(private readonly http: PlatformHttp) {}

  fetchToken(app: WecomAppConfig): Promise<FetchedToken> {
    return this.http.call({
      app,
      operation: 'gettoken',
      method: 'GET',
      path: '/cgi-bin/gettoken',
      query: { corpid: app.corpid, corpsecret: app.secret.reveal() },
      notAllowed: NOT_ALLOWED,
      schema: tokenAnswer,
      idempotent: true,
      apart: true,
    })
  }
}

/**
 * Characters of base64. With our state, a chatId of 32 and a userid of 64 bytes a genuine proof has 236 to 256. A longer
 * one is forged, and is refused like one that does not open.
 */
const LONGEST_PROOF = 512

/** WeCom mini-programs of a corp's own. */
export const wecom: Platform<WecomAppConfig> = {
  name: 'wecom',
  title: 'WeCom',
  officialApiBase: OFFICIAL_API_BASE,
  givesNames: true,
  appKeys: wecomAppKeys,
  setup: wecomSetup,
  errcodes: wecomErrcodes,
  bots: wecomBots,
  web: wecomWeb,
  hasPage: (app) => 'h5' in app && app.h5 !== undefined,
  appsMistakes: webMistakes,

  // A proof is JSON with state and curReceiver.
  provesReceiver: true,

  /**
   * WeCom's userids do not differ by case (path/90195). Whether login, callback and proof spell one alike is UNCONFIRMED.
   * Userids are ASCII: to fold more would take other characters for letters of theirs.
   */
  comparable: (viewerKey) => viewerKey.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  declaration: (state) => ({ platform: 'wecom', state }),
  describe: ({ id, corpid, agentid, h5 }) => ({
    id,
    platform: 'wecom',
    corpid,
    agentid,
    ...(h5 && { h5: { origin: h5.origin, keyDerivation: h5.keyDerivation } }),
  }),

  openProof(sessionKey, { encryptedData, iv }) {
    const genuine = encryptedData.length <= LONGEST_PROOF ? encryptedData : ''
    const { state, stateAt, curReceiver } = openShareInfo({
      sessionKey,
      encryptedData: genuine,
      iv,
    })
    return { declared: state, declaredAt: stateAt, curReceiver }
  },

  tokenSource: (http) => new WecomTokenSource(http),
  connect: (services) => new WecomClient(services),
}
