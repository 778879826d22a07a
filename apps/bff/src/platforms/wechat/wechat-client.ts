import { z } from 'zod'
import { LoginRejected, PlatformError } from '../calls/platform-error.js'
import type { ExchangedCode, PlatformClient, PlatformServices } from '../registry/platform.js'
import { CODE_REFUSED, NOT_ALLOWED } from './errcodes.js'
import type { WechatAppConfig } from './wechat-app.js'

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

  constructor(private readonly services: Pick<PlatformServices, 'http' | 'tokens'>) {}

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
