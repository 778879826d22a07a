import type { AppConfig } from '../core/config/config.js'
import type { PlatformHttp } from './calls/platform-http.js'
import type { FetchedToken, TokenSource } from './tokens/token-source.js'
import { WechatTokenSource } from './wechat/wechat-platform.js'
import { WecomTokenSource } from './wecom/wecom-platform.js'

/** Each platform's source for its own apps. */
export class TokenSources implements TokenSource {
  readonly #wechat: WechatTokenSource
  readonly #wecom: WecomTokenSource

  constructor(http: PlatformHttp) {
    this.#wechat = new WechatTokenSource(http)
    this.#wecom = new WecomTokenSource(http)
  }

  fetchToken(app: AppConfig, force: boolean): Promise<FetchedToken> {
    return app.platform === 'wechat'
      ? this.#wechat.fetchToken(app, force)
      : this.#wecom.fetchToken(app)
  }
}
