import { openActivityId } from '@sealcard/crypto'
import { z } from 'zod'
import type { WechatAppConfig } from '../../core/config/config.js'
import { LoginRejected, PlatformError } from '../calls/platform-error.js'
import type { PlatformHttp } from '../calls/platform-http.js'
import type {
  Declaration,
  ExchangedCode,
  OpenedProof,
  Platform,
  Proof,
} from '../registry/platform.js'
import type { AccessTokens } from '../tokens/access-tokens.js'
import { tokenAnswer, type FetchedToken, type TokenSource } from '../tokens/token-source.js'

/** 40029: invalid or expired; 40163: used (seen in public logs, not in W5's table); 40226: a blocked person. */
const CODE_REFUSED: readonly number[] = [40029, 40163, 40226]

const session = z.object({
  openid: z.string().min(1).max(128),
  // W5: the base64 of 16 bytes.
  session_key: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
})

/** Its form is not documented; what the examples show is this, and whatever is lost on the way would match nothing. */
const activity = z.object({ activity_id: z.string().regex(/^[\x21-\x7e]{1,256}$/) })

/** WeChat mini-programs. */
export class WechatPlatform implements Platform {
  readonly platform = 'wechat'

  constructor(
    private readonly http: PlatformHttp,
    private readonly tokens: Pick<AccessTokens, 'withToken'>,
  ) {}

  /** WeChat W5, code2Session: no access token, the app's secret in the query. */
  async exchangeCode(app: WechatAppConfig, code: string): Promise<ExchangedCode> {
    try {
      const answer = await this.http.call({
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
        schema: session,
        // A code is good once: after it may have arrived, asking again would burn it.
        idempotent: false,
      })
      const { openid, session_key: sessionKey } = answer
      return { viewerKey: openid, sessionKey }
    } catch (error) {
      if (error instanceof PlatformError && CODE_REFUSED.includes(error.errcode)) {
        throw new LoginRejected(error.errcode)
      }
      throw error
    }
  }

  /** WeChat W3, createActivityId: bound to this sharer. Only GET with the query works; a body is not read. */
  async declare(app: WechatAppConfig, sharer: { viewerKey: string }): Promise<Declaration> {
    const { activity_id: activityId } = await this.tokens.withToken(app, (token) =>
      this.http.call({
        app,
        operation: 'createActivityId',
        method: 'GET',
        path: '/cgi-bin/message/wxopen/activityid/create',
        query: { access_token: token, openid: sharer.viewerKey },
        schema: activity,
        // An activity too many is never used and ends by itself.
        idempotent: true,
      }),
    )
    return { kind: 'wechat', activityId }
  }

  openProof(sessionKey: string, { encryptedData, iv }: Proof): OpenedProof {
    const declared = openActivityId({ sessionKey, encryptedData, iv })
    // The id is all of the plaintext, and is ASCII.
    return { declared, declaredAt: { start: 0, end: declared.length } }
  }
}

/** WeChat W9, getStableAccessToken: unforced, it gives every caller the same token. */
export class WechatTokenSource implements TokenSource {
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
      schema: tokenAnswer,
      // A forced one counts for the daily 20, and the next must be 30 s away.
      idempotent: !force,
      apart: true,
    })
  }
}
