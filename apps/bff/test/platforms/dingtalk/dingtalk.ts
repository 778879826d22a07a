import { createDecipheriv } from 'node:crypto'
import { CryptoError } from '@sealcard/crypto'
import { z } from 'zod'
import type { AppConfig, PlatformName } from '../../../src/core/config/config.js'
import { LoginRejected, PlatformError } from '../../../src/platforms/calls/platform-error.js'
import type { PlatformHttp } from '../../../src/platforms/calls/platform-http.js'
import { ipNotAllowed, SECRET_WRONG } from '../../../src/platforms/registry/errcode-advice.js'
import type {
  ExchangedCode,
  OpenedProof,
  Platform,
  PlatformClient,
  PlatformServices,
  Proof,
} from '../../../src/platforms/registry/platform.js'
import {
  type FetchedToken,
  tokenAnswer,
  type TokenSource,
} from '../../../src/platforms/tokens/token-source.js'

/**
 * A third platform, invented for tests: it has other keys, paths, errcodes and proofs than WeChat and WeCom. Only this
 * folder knows it. A real one also has a name in the HTTP contract; this one casts.
 */
const NAME = 'dingtalk' as string as PlatformName

export interface DingtalkAppConfig extends AppConfig {
  appKey: string
}

const NOT_ALLOWED = 60011
const BAD_TOKEN: readonly number[] = [88]
const CODE_REFUSED: readonly number[] = [40078]

const session = z.object({
  staff: z.object({ id: z.string().min(1).max(128) }),
  key: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
})
const ticket = z.object({ ticket: z.string().regex(/^[a-z0-9]{8,64}$/) })

class DingtalkTokenSource implements TokenSource<DingtalkAppConfig> {
  readonly badToken = BAD_TOKEN

  constructor(private readonly http: PlatformHttp) {}

  fetchToken(app: DingtalkAppConfig): Promise<FetchedToken> {
    return this.http.call({
      app,
      operation: 'token',
      method: 'POST',
      path: '/v1.0/token',
      body: { appKey: app.appKey, appSecret: app.secret.reveal() },
      notAllowed: NOT_ALLOWED,
      schema: tokenAnswer,
      idempotent: true,
      apart: true,
    })
  }
}

class DingtalkClient implements PlatformClient<DingtalkAppConfig> {
  readonly platform = NAME

  constructor(private readonly services: PlatformServices) {}

  async exchangeCode(app: DingtalkAppConfig, code: string): Promise<ExchangedCode> {
    const { http, tokens } = this.services
    try {
      const { staff, key } = await tokens.withToken(app, (token) =>
        http.call({
          app,
          operation: 'login',
          method: 'POST',
          path: '/v1.0/login',
          body: { token, code },
          notAllowed: NOT_ALLOWED,
          schema: session,
          idempotent: false,
        }),
      )
      return { viewerKey: staff.id, sessionKey: key }
    } catch (error) {
      if (error instanceof PlatformError && CODE_REFUSED.includes(error.errcode)) {
        throw new LoginRejected(error.errcode)
      }
      throw error
    }
  }

  async declare(app: DingtalkAppConfig, sharer: { viewerKey: string }): Promise<string> {
    const { http, tokens } = this.services
    const answer = await tokens.withToken(app, (token) =>
      http.call({
        app,
        operation: 'ticket',
        method: 'POST',
        path: '/v1.0/ticket',
        body: { token, staff: sharer.viewerKey },
        notAllowed: NOT_ALLOWED,
        schema: ticket,
        idempotent: true,
      }),
    )
    return answer.ticket
  }
}

const PROOF = /^\{"openedBy":"([^"]{1,64})","ticket":"([a-z0-9]{8,64})"\}$/

/** `{"openedBy":…,"ticket":…}` under AES-128-CBC. */
const openProof = (sessionKey: string, { encryptedData, iv }: Proof): OpenedProof => {
  try {
    const [key, start] = [sessionKey, iv].map((text) => Buffer.from(text, 'base64'))
    const decipher = createDecipheriv('aes-128-cbc', key!, start!)
    const sealed = Buffer.from(encryptedData, 'base64')
    const text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString('latin1')
    const [, curReceiver, declared] = PROOF.exec(text) ?? []
    if (curReceiver === undefined || declared === undefined) throw new TypeError('no proof')
    const end = text.length - '"}'.length
    return { declared, curReceiver, declaredAt: { start: end - declared.length, end } }
  } catch {
    throw new CryptoError('ERR_PROOF_REJECTED')
  }
}

export const dingtalk: Platform<DingtalkAppConfig> = {
  name: NAME,
  title: 'DingTalk',
  officialApiBase: 'https://api.dingtalk.example',
  givesNames: false,
  appKeys: { appKey: z.string().regex(/^ding[a-z0-9]{12}$/, 'must be ding and 12 characters') },
  errcodes: {
    [NOT_ALLOWED]: ipNotAllowed('the developer console'),
    40089: SECRET_WRONG,
  },
  provesReceiver: true,
  comparable: (viewerKey) => viewerKey.toUpperCase(),
  declaration: (value) => ({ platform: NAME, ticket: value }) as never,
  describe: ({ id, appKey }) => ({ id, platform: NAME, appKey }) as never,
  openProof,
  tokenSource: (http) => new DingtalkTokenSource(http),
  connect: (services) => new DingtalkClient(services),
}
