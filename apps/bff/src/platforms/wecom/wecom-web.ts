import { deriveTicketKey, signJsapi } from '@sealcard/crypto'
import { z } from 'zod'
import { LoginRejected, PlatformError } from '../calls/platform-error.js'
import { numeric } from '../calls/platform-answer.js'
import type { PlatformServices } from '../registry/platform.js'
import type { TicketKind, WebClient, WebLogin, WebRules } from '../registry/web-platform.js'
import type { FetchedToken } from '../tokens/token-source.js'
import { CODE_REFUSED, NOT_ALLOWED } from './errcodes.js'
import { OFFICIAL_PAGES, type WecomAppConfig } from './wecom-app.js'

const AUTHORIZE_PATH = '/connect/oauth2/authorize'
const WEB_LOGIN_PATH = '/wwlogin/sso/login'

/** WeCom's web pages (H5) of an app of a corp's own. */
export const wecomWeb: WebRules<WecomAppConfig> = {
  settingsOf: ({ h5 }) => h5,
  identityOf: ({ corpid, agentid }) => ({ corpId: corpid, agentId: agentid }),
  isVerified: ({ h5 }) => h5 !== undefined && h5.keyDerivation !== 'unverified',

  proofKey({ h5 }, ticket) {
    if (!h5 || h5.keyDerivation === 'unverified') return null
    try {
      return deriveTicketKey(ticket, h5.keyDerivation)
    } catch {
      // The ticket is not of the documented form.
      return null
    }
  },

  loginUrl: (app, login) => (login.via === 'web' ? webLogin(app, login) : authorize(app, login)),
  sign: (page) => signJsapi(page),
}

/** WeCom 91022. The documented order, which WeChat's sibling page requires, and the documented fragment. */
const authorize = ({ corpid, agentid, h5 }: WecomAppConfig, { state, redirectUri }: WebLogin) => {
  const query = [
    `appid=${corpid}`,
    `redirect_uri=${encodeURIComponent(redirectUri)}`,
    'response_type=code',
    'scope=snsapi_base',
    `state=${state}`,
    `agentid=${agentid}`,
  ]
  const base = h5?.authorizeBase ?? OFFICIAL_PAGES.authorizeBase
  return `${base}${AUTHORIZE_PATH}?${query.join('&')}#wechat_redirect`
}

/** WeCom 98151. */
const webLogin = (
  { corpid, agentid, h5 }: WecomAppConfig,
  { state, redirectUri, lang }: WebLogin,
) => {
  const query = [
    'login_type=CorpApp',
    `appid=${corpid}`,
    `agentid=${agentid}`,
    `redirect_uri=${encodeURIComponent(redirectUri)}`,
    `state=${state}`,
    ...(lang ? [`lang=${lang}`] : []),
  ]
  return `${h5?.webLoginBase ?? OFFICIAL_PAGES.webLoginBase}${WEB_LOGIN_PATH}?${query.join('&')}`
}

/** WeCom 90506: at most 512 bytes. */
const ticketAnswer = z
  .object({ ticket: z.string().min(1).max(512), expires_in: numeric })
  .transform(({ ticket, expires_in }): FetchedToken => ({ token: ticket, expiresIn: expires_in }))

const TICKETS = {
  agent: { operation: 'ticket/get', path: '/cgi-bin/ticket/get', query: { type: 'agent_config' } },
  corp: { operation: 'get_jsapi_ticket', path: '/cgi-bin/get_jsapi_ticket', query: {} },
} as const satisfies Record<TicketKind, { operation: string; path: string; query: object }>

/** WeCom 91023. A member has a `userid`; a person outside the corp has an `openid`. */
const person = z.object({ userid: z.string().min(1).max(128).optional() })

/** A member of a partner corp comes as `CorpId/userid`. */
const OTHER_CORPS = '/'

/** The calls of WeCom's server API for web pages. */
export class WecomWebClient implements WebClient<WecomAppConfig> {
  constructor(private readonly services: Pick<PlatformServices, 'http' | 'tokens'>) {}

  /** WeCom 90506. Each answer may be a new ticket. */
  fetchTicket(app: WecomAppConfig, kind: TicketKind): Promise<FetchedToken> {
    const { operation, path, query } = TICKETS[kind]
    return this.services.tokens.withToken(app, (token) =>
      this.services.http.call({
        app,
        operation,
        method: 'GET',
        path,
        query: { access_token: token, ...query },
        notAllowed: NOT_ALLOWED,
        schema: ticketAnswer,
        idempotent: true,
      }),
    )
  }

  async exchangeCode(app: WecomAppConfig, code: string): Promise<string | null> {
    try {
      const { userid } = await this.services.tokens.withToken(app, (token) =>
        this.services.http.call({
          app,
          operation: 'auth/getuserinfo',
          method: 'GET',
          path: '/cgi-bin/auth/getuserinfo',
          query: { access_token: token, code },
          notAllowed: NOT_ALLOWED,
          schema: person,
          // A code is good once. The platform refuses a bad token before it looks at the code.
          idempotent: false,
        }),
      )
      return userid === undefined || userid.includes(OTHER_CORPS) ? null : userid
    } catch (error) {
      if (error instanceof PlatformError && CODE_REFUSED.includes(error.errcode)) {
        throw new LoginRejected(error.errcode)
      }
      throw error
    }
  }
}
