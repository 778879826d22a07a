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
export type LoginFault = 'failed' | 'not-a-member' | 'blocked' | 'too-many' | 'unavailable'

export type LoginBeginning =
  | { readonly kind: 'leave'; readonly leaving: Leaving }
  | { readonly kind: 'fault'; readonly fault: LoginFault; readonly retryAfter?: number }

/** `leave`: from the beginning, once. */
export type LoginEnd =
  | {
      readonly kind: 'session'
      readonly token: string
      readonly viewerId: string
      readonly to: string
    }
  | LoginBeginning

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
   * @throws ApiError ERR_NOT_FOUND (app)
   */
  async begin(
    appId: string,
    beginning: Pick<Beginning, 'returnTo' | 'via'> & Pick<WebLogin, 'lang'>,
    browser: string | undefined,
    ip: string,
  ): Promise<LoginBeginning> {
    const app = this.apps.find(appId)
    if (!app) throw new ApiError('ERR_NOT_FOUND')
    const { lang, ...rest } = beginning
    return this.#leave(app, { ...rest, attempt: 1 }, { browser, ip, lang })
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
    this.#ended.inc({ outcome: outcomeOf(end) })
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
      // It counted when it began, and a state counts once.
      const viewerKey = await this.#exchange(app, code, ip)
      if (viewerKey === null) return { kind: 'fault', fault: 'not-a-member' }
      const session = await this.sessions.begin({ app: app.app, viewerKey, kind: 'web' })
      const { token, viewer } = session
      return { kind: 'session', token, viewerId: viewer.id, to: found.login.returnTo }
    } catch (error) {
      if (error instanceof LoginRejected) return this.#again(app, found, back.browser, ip)
      return faultOf(error)
    }
  }

  async #exchange({ app }: WebApp, code: string, ip: string): Promise<string | null> {
    try {
      return await this.clients.webOf(app).exchangeCode(app, code)
    } catch (error) {
      if (!(error instanceof LoginRejected)) this.limits.noLogin(ip)
      throw error
    }
  }

  async #again(
    app: WebApp,
    found: Found,
    browser: string | undefined,
    ip: string,
  ): Promise<LoginBeginning> {
    // An unknown state does not say how often it was tried. So the next login is the last.
    const { returnTo, via, attempt }: Beginning =
      found.kind === 'unknown' ? { returnTo: HOME, via: 'client', attempt: 1 } : found.login
    if (attempt >= ATTEMPTS) return { kind: 'fault', fault: 'failed' }
    return this.#leave(app, { returnTo, via, attempt: attempt + 1 }, { browser, ip })
  }

  async #leave(
    { app, rules, settings }: WebApp,
    beginning: Beginning,
    { browser: known, ip, lang }: Leaver,
  ): Promise<LoginBeginning> {
    try {
      this.limits.login(ip)
      const browser = known ?? this.logins.newBrowser()
      const state = await this.logins.begin(app, browser, beginning)
      const redirectUri = `${settings.origin}/h5/callback`
      const url = rules.loginUrl(app, { state, redirectUri, via: beginning.via, lang })
      return { kind: 'leave', leaving: { url, browser } }
    } catch (error) {
      return faultOf(error)
    }
  }
}

/** Who leaves for the platform's page. */
interface Leaver extends Pick<WebLogin, 'lang'> {
  /** As in its cookie. */
  readonly browser: string | undefined
  /** The address that asks. */
  readonly ip: string
}

const outcomeOf = (end: LoginEnd): string => {
  if (end.kind === 'fault') return end.fault
  return end.kind === 'leave' ? 'again' : end.kind
}

/** @throws what is no refusal and no outage: a bug */
const faultOf = (error: unknown): LoginBeginning => {
  const { code, retryAfter } = asApiError(error)
  const more = retryAfter === undefined ? {} : { retryAfter }
  if (code === 'ERR_LOGIN_REJECTED') return { kind: 'fault', fault: 'blocked' }
  if (code === 'ERR_RATE_LIMITED') return { kind: 'fault', fault: 'too-many', ...more }
  if (code === 'ERR_PLATFORM_UNAVAILABLE' || code === 'ERR_STORAGE_UNAVAILABLE')
    return { kind: 'fault', fault: 'unavailable', ...more }
  throw error
}
