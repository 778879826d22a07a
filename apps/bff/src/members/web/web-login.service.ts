import { Injectable } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { ApiError } from '../../core/errors/api-error.js'
import { AddressLimits } from '../../http/limits/address-limits.js'
import { asApiError } from '../../http/problems/problem.js'
import { Metrics } from '../../observability/metrics.js'
import { LoginRejected } from '../../platforms/calls/platform-error.js'
import { PlatformClients, type WebApp, WebApps } from '../../platforms/registry/platforms.js'
import type { WebLogin } from '../../platforms/registry/web-platform.js'
import { SessionStart } from '../sessions/session.service.js'
import { HOME } from './page-paths.js'
import { type Beginning, type Found, type Return, WebLogins } from './web-logins.js'

/** The platform's page to which the browser leaves. */
export interface Leaving {
  readonly url: string
  readonly browser: string
}

/** Why a login came to nothing, as the page explains it. */
export type LoginFault = 'failed' | 'not-a-member' | 'too-many' | 'unavailable'

/** `again`: from the beginning, once. */
export type LoginEnd =
  | {
      readonly kind: 'session'
      readonly token: string
      readonly viewerId: string
      readonly to: string
    }
  | { readonly kind: 'again'; readonly leaving: Leaving }
  | { readonly kind: 'fault'; readonly fault: LoginFault; readonly retryAfter?: number }

/** A login that fails is begun once more, and no more: a cookie that the browser does not keep would loop for ever. */
const ATTEMPTS = 2

/** Logins of web pages: by the platform's page, back to ours, with a session in a cookie. */
@Injectable()
export class WebLoginService {
  readonly #ended: Counter<'outcome'>

  constructor(
    private readonly apps: WebApps,
    private readonly clients: PlatformClients,
    private readonly logins: WebLogins,
    private readonly sessions: SessionStart,
    private readonly limits: AddressLimits,
    metrics: Metrics,
  ) {
    this.#ended = metrics.counter(
      'sealcard_web_logins_total',
      'Logins of web pages that came back from the platform, by what became of them',
      ['outcome'],
    )
  }

  /**
   * @param browser the one that this browser has already
   * @param ip the caller's address
   * @throws ApiError ERR_NOT_FOUND (app), ERR_RATE_LIMITED
   */
  async begin(
    appId: string,
    beginning: Pick<Beginning, 'returnTo' | 'via'> & Pick<WebLogin, 'lang'>,
    browser: string | undefined,
    ip: string,
  ): Promise<Leaving> {
    const app = this.apps.find(appId)
    if (!app) throw new ApiError('ERR_NOT_FOUND')
    this.limits.login(ip)
    const { lang, ...rest } = beginning
    return this.#leave(app, { ...rest, attempt: 1 }, browser, lang)
  }

  /**
   * @param host the one that was asked; only for an unknown state
   * @throws ApiError ERR_NOT_FOUND where no app has a web page
   */
  async end(
    { code, ...back }: Return & { readonly code: string | undefined },
    host: string | undefined,
    ip: string,
  ): Promise<LoginEnd> {
    if (this.apps.all.length === 0) throw new ApiError('ERR_NOT_FOUND')
    const end = await this.#end(back, code, host, ip)
    this.#ended.inc({ outcome: end.kind === 'fault' ? end.fault : end.kind })
    return end
  }

  async #end(
    back: Return,
    code: string | undefined,
    host: string | undefined,
    ip: string,
  ): Promise<LoginEnd> {
    const found = await this.logins.take(back)
    const app = found.kind === 'unknown' ? this.apps.at(host) : this.apps.find(found.login.appId)
    if (!app) return { kind: 'fault', fault: 'failed' }
    if (found.kind !== 'own' || code === undefined) return this.#again(app, found, back.browser, ip)
    try {
      const noLogin = this.limits.login(ip)
      const viewerKey = await this.#exchange(app, code, noLogin)
      if (viewerKey === null) return { kind: 'fault', fault: 'not-a-member' }
      const session = await this.sessions.begin({ app: app.app, viewerKey, kind: 'web' })
      const { token, viewer } = session
      return { kind: 'session', token, viewerId: viewer.id, to: found.login.returnTo }
    } catch (error) {
      if (error instanceof LoginRejected) return this.#again(app, found, back.browser, ip)
      return faultOf(error)
    }
  }

  async #exchange({ app }: WebApp, code: string, noLogin: () => void): Promise<string | null> {
    try {
      return await this.clients.webOf(app).exchangeCode(app, code)
    } catch (error) {
      if (!(error instanceof LoginRejected)) noLogin()
      throw error
    }
  }

  async #again(
    app: WebApp,
    found: Found,
    browser: string | undefined,
    ip: string,
  ): Promise<LoginEnd> {
    // An unknown state does not say how often it was tried. So the next login is the last.
    const { returnTo, via, attempt }: Beginning =
      found.kind === 'unknown' ? { returnTo: HOME, via: 'client', attempt: 1 } : found.login
    if (attempt >= ATTEMPTS) return { kind: 'fault', fault: 'failed' }
    try {
      this.limits.login(ip)
      const next = { returnTo, via, attempt: attempt + 1 }
      return { kind: 'again', leaving: await this.#leave(app, next, browser) }
    } catch (error) {
      return faultOf(error)
    }
  }

  async #leave(
    { app, rules, settings }: WebApp,
    beginning: Beginning,
    known: string | undefined,
    lang?: WebLogin['lang'],
  ): Promise<Leaving> {
    const browser = known ?? this.logins.newBrowser()
    const state = await this.logins.begin(app, browser, beginning)
    const redirectUri = `${settings.origin}/h5/callback`
    return { url: rules.loginUrl(app, { state, redirectUri, via: beginning.via, lang }), browser }
  }
}

/** @throws what is no refusal and no outage: a bug */
const faultOf = (error: unknown): LoginEnd => {
  const { code, retryAfter } = asApiError(error)
  const more = retryAfter === undefined ? {} : { retryAfter }
  if (code === 'ERR_RATE_LIMITED') return { kind: 'fault', fault: 'too-many', ...more }
  if (code === 'ERR_PLATFORM_UNAVAILABLE' || code === 'ERR_STORAGE_UNAVAILABLE')
    return { kind: 'fault', fault: 'unavailable', ...more }
  throw error
}
