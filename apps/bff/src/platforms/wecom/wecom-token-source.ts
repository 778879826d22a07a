import type { WecomAppConfig } from '../../core/config/config.js'
import type { PlatformHttp } from '../calls/platform-http.js'
import { tokenAnswer, type FetchedToken, type TokenSource } from '../tokens/token-source.js'

/** WeCom Q21, gettoken: one token per app; the platform has no way to force another. */
export class WecomTokenSource implements TokenSource {
  constructor(private readonly http: PlatformHttp) {}

  fetchToken(app: WecomAppConfig): Promise<FetchedToken> {
    return this.http.call({
      app,
      operation: 'gettoken',
      method: 'GET',
      path: '/cgi-bin/gettoken',
      query: { corpid: app.corpid, corpsecret: app.secret.reveal() },
      schema: tokenAnswer,
      idempotent: true,
      apart: true,
    })
  }
}
