import type { PlatformHttp } from '../calls/platform-http.js'
import { tokenAnswer, type FetchedToken, type TokenSource } from '../tokens/token-source.js'
import { BAD_TOKEN, NOT_ALLOWED } from './errcodes.js'
import type { WecomAppConfig } from './wecom-app.js'

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
