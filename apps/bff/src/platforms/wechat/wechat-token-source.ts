import type { WechatAppConfig } from '../../core/config/config.js'
import type { PlatformHttp } from '../calls/platform-http.js'
import { tokenAnswer, type FetchedToken, type TokenSource } from '../tokens/token-source.js'

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
