import { openActivityId } from '@sealcard/crypto'
import { SubscriptionEvent } from '@sealcard/protocol'
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
import { WechatSubscriptionClient } from './subscription-client.js'
import { type WechatAppConfig, wechatAppKeys, wechatSetup } from './wechat-app.js'
import { BAD_TOKEN, CODE_REFUSED, NOT_ALLOWED, TOKEN_REPLACED, wechatErrcodes } from './errcodes.js'

const session = z.object({
  openid: z.string().min(1).max(128),
  // W5: the base64 of 16 bytes.
  session_key: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
})

/** The documents do not state its form. The examples show this one; a character that gets lost would match nothing. */
const activity = z.object({ activity_id: z.string().regex(/^[\x21-\x7e]{1,256}$/) })

/** The calls of WeChat's server API. */
export class WechatClient implements PlatformClient<WechatAppConfig> {
  readonly platform = 'wechat'
  readonly subscriptions: WechatSubscriptionClient

  constructor(private readonly services: Pick<PlatformServices, 'http' | 'tokens'>) {
    this.subscriptions = new WechatSubscriptionClient(services)
  }

  /** WeChat W5, code2Session: no access token, the app's secret in the query. */
  async exchangeCode(app: WechatAppConfig, code: string): Promise<ExchangedCode> {
    try {
      const answer = await this.services.http.call({
        app,
        operation: 'jscode2session',
        method: 'GET',
        path: '/sns/jscode2session',
        query: {
          appid: app.appid,
          secret: app.secret.reveal(),
          js_code: code,
          grant_type: 'authorization_code',
        },
        notAllowed: NOT_ALLOWED,
        schema: session,
        // A code is good once: after it may have arrived, asking again would burn it.
        idempotent: false,
      })
      return { viewerKey: answer.openid, sessionKey: answer.session_key }
    } catch (error) {
      if (error instanceof PlatformError && CODE_REFUSED.includes(error.errcode)) {
        throw new LoginRejected(error.errcode)
      }
      throw error
    }
  }

  /** WeChat W3, createActivityId: bound to this sharer. Only GET with the query works; a body is not read. */
  async declare(app: WechatAppConfig, sharer: { viewerKey: string }): Promise<string> {
    const { http, tokens } = this.services
    const answer = await tokens.withToken(app, (token) =>
      http.call({
        app,
        operation: 'createActivityId',
        method: 'GET',
        path: '/cgi-bin/message/wxopen/activityid/create',
        query: { access_token: token, openid: sharer.viewerKey },
        notAllowed: NOT_ALLOWED,
        schema: activity,
        // A second activity stays unused, and ends by itself.
        idempotent: true,
      }),
    )
    return answer.activity_id
  }
}

/** WeChat W9, getStableAccessToken: unforced, it gives every caller the same token. */
export class WechatTokenSource implements TokenSource<WechatAppConfig> {
  readonly badToken = BAD_TOKEN
  /** W9: `force_refresh` at most 20 times a day, at least 30 s apart. */
  readonly force = { onErrcode: TOKEN_REPLACED, perDay: 20, apartMs: 30_000 }

  constructor(private readonly http: PlatformHttp) {}

  fetchToken(app: WechatAppConfig, force: boolean): Promise<FetchedToken> {
    return this.http.call({
      app,
      operation: 'stable_token',
      method: 'POST',
      path: '/cgi-bin/stable_token',
      body: {
        grant_type: 'client_credential',
        appid: app.appid,
        secret: app.secret.reveal(),
        force_refresh: force,
      },
      notAllowed: NOT_ALLOWED,
      schema: tokenAnswer,
      // A forced one counts for the daily 20, and the next must be 30 s away.
      idempotent: !force,
      apart: true,
    })
  }
}

const templatesOf = ({ templates = {} }: WechatAppConfig) => {
  const ids: Partial<Record<SubscriptionEvent, string>> = {}
  for (const event of SubscriptionEvent.options) {
    const template = templates[event]
    if (template) ids[event] = template.id
  }
  return ids
}

/** WeChat mini-programs. */
export const wechat: Platform<WechatAppConfig> = {
  name: 'wechat',
  title: 'WeChat',
  officialApiBase: 'https://api.weixin.qq.com',
  // Since 2022 no API gives a nickname: a person writes it down (W25).
  givesNames: false,
  appKeys: wechatAppKeys,
  setup: wechatSetup,
  errcodes: wechatErrcodes,
  subscriptions: { templatesOf },

  // A proof is the bare activityId, under the session key of the person who opened the card.
  provesReceiver: false,

  // Openids differ by case.
  comparable: (viewerKey) => viewerKey,
  declaration: (activityId) => ({ platform: 'wechat', activityId }),
  describe: ({ id, appid }) => ({ id, platform: 'wechat', appid }),

  openProof(sessionKey, { encryptedData, iv }) {
    const declared = openActivityId({ sessionKey, encryptedData, iv })
    // The id is all of the plaintext, and is ASCII.
    return { declared, declaredAt: { start: 0, end: declared.length } }
  },

  tokenSource: (http) => new WechatTokenSource(http),
  connect: (services) => new WechatClient(services),
}
