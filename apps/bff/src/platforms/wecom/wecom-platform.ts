import { openShareInfo } from '@sealcard/crypto'
import { z } from 'zod'
import type { WecomAppConfig } from '../../core/config/config.js'
import type { Random } from '../../core/ports/random.js'
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

/**
 * 40029: used, expired or of another app; 42003: expired; 42022: used; 50002, 60011: outside the app's visible range;
 * 60111: no such member.
 */
const CODE_REFUSED: readonly number[] = [40029, 42003, 42022, 50002, 60011, 60111]
/** Ours, for a member of another corp: no number of WeCom's. */
const OTHER_CORP = 0

const session = z.object({
  corpid: z.string(),
  userid: z.string().min(1).max(128),
  session_key: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
})

const STATE_BYTES = 32
/**
 * Characters of base64. With our state, a chatId of 32 and a userid of 64 bytes a genuine one has 236 to 256; a longer
 * one is a made one, and is refused as what does not open.
 */
const LONGEST_PROOF = 512

/** WeCom mini-programs of a corp's own. */
export class WecomPlatform implements Platform {
  readonly platform = 'wecom'

  constructor(
    private readonly http: PlatformHttp,
    private readonly tokens: Pick<AccessTokens, 'withToken'>,
    private readonly random: Random,
  ) {}

  /** WeCom Q8, code2Session: with the access token of the app that the mini-program is linked to. */
  async exchangeCode(app: WecomAppConfig, code: string): Promise<ExchangedCode> {
    try {
      const answer = await this.tokens.withToken(app, (token) => this.#session(app, token, code))
      if (answer.corpid !== app.corpid) throw new LoginRejected(OTHER_CORP)
      return { viewerKey: answer.userid, sessionKey: answer.session_key }
    } catch (error) {
      if (error instanceof PlatformError && CODE_REFUSED.includes(error.errcode)) {
        throw new LoginRejected(error.errcode)
      }
      throw error
    }
  }

  /** WeCom Q1, setShareAttr: the state is ours, so nobody else may be able to guess it. No network. */
  async declare(): Promise<Declaration> {
    return { kind: 'wecom', state: this.random.bytes(STATE_BYTES).toString('base64url') }
  }

  openProof(sessionKey: string, { encryptedData, iv }: Proof): OpenedProof {
    const genuine = encryptedData.length <= LONGEST_PROOF ? encryptedData : ''
    const opened = openShareInfo({ sessionKey, encryptedData: genuine, iv })
    const { state, stateAt, curReceiver } = opened
    return { declared: state, declaredAt: stateAt, curReceiver }
  }

  #session(app: WecomAppConfig, token: string, code: string): Promise<z.infer<typeof session>> {
    return this.http.call({
      app,
      operation: 'miniprogram/jscode2session',
      method: 'GET',
      path: '/cgi-bin/miniprogram/jscode2session',
      query: { access_token: token, js_code: code, grant_type: 'authorization_code' },
      schema: session,
      // A code is good once. A bad token is told before the code is looked at.
      idempotent: false,
    })
  }
}

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
