import type { PlatformHttp } from '../calls/platform-http.js'
import { tokenAnswer, type FetchedToken, type TokenSource } from '../tokens/token-source.js'
import { BAD_TOKEN, NOT_ALLOWED, TOKEN_REPLACED } from './errcodes.js'
import type { WechatAppConfig } from './wechat-app.js'

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
