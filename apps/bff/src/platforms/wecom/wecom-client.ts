import { z } from 'zod'
import { LoginRejected, PlatformError } from '../calls/platform-error.js'
import type { ExchangedCode, PlatformClient, PlatformServices } from '../registry/platform.js'
import { CODE_REFUSED, NOT_ALLOWED, OTHER_CORP } from './errcodes.js'
import type { WecomAppConfig } from './wecom-app.js'
import { WecomBotClient } from './wecom-bots.js'

const session = z.object({
  corpid: z.string(),
  userid: z.string().min(1).max(128),
  session_key: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
})

const STATE_BYTES = 32

/** The calls of WeCom's server API. */
export class WecomClient implements PlatformClient<WecomAppConfig> {
  readonly platform = 'wecom'
  readonly bots: WecomBotClient

  constructor(private readonly services: PlatformServices) {
    this.bots = new WecomBotClient(services)
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
