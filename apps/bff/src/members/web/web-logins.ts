import { Inject, Injectable } from '@nestjs/common'
import { equal } from '@sealcard/crypto'
import { DataSource, IsNull } from 'typeorm'
import { sha256 } from '../../core/crypto/digest.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import type { AppConfig } from '../../core/config/config.js'
import { WEB_LOGIN_MS, WebLoginEntity } from './web-login.entity.js'

/** What a browser that comes back from the platform brings along. */
export interface Return {
  readonly state: string
  /** Of the login's cookie; undefined without one. */
  readonly browser: string | undefined
}

/** Where a login leads, and which one in a row it is. */
export type Beginning = Pick<WebLoginEntity, 'returnTo' | 'via' | 'attempt'>

/** `own`: begun in this browser, in time, and not used before. `known`: begun, but one of these does not hold. */
export type Found =
  { readonly kind: 'own' | 'known'; readonly login: WebLoginEntity } | { readonly kind: 'unknown' }

const hashed = (value: string) => sha256(value, 'base64url')

/** The platform takes letters and digits alone (WeCom 91022): so not base64url. */
const STATE_BYTES = 32
const STATE = /^[0-9a-f]{64}$/

/** The logins that were begun. */
@Injectable()
export class WebLogins {
  constructor(
    private readonly storage: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** A browser's name for its logins. Tabs of one browser share it, so that none ends the login of another. */
  newBrowser(): string {
    return this.random.bytes(32).toString('base64url')
  }

  /** @returns the state */
  async begin(app: AppConfig, browser: string, beginning: Beginning): Promise<string> {
    const state = this.random.bytes(STATE_BYTES).toString('hex')
    await this.storage.manager.insert(WebLoginEntity, {
      ...beginning,
      stateHash: hashed(state),
      browserHash: hashed(browser),
      appId: app.id,
      expiresAt: this.clock.now() + WEB_LOGIN_MS,
      usedAt: null,
    })
    return state
  }

  /** Uses up a login of this browser's own: of two that come at once, one has it. */
  async take({ state, browser }: Return): Promise<Found> {
    const stateHash = hashed(state)
    const { manager } = this.storage
    const login = STATE.test(state) ? await manager.findOneBy(WebLoginEntity, { stateHash }) : null
    if (!login) return { kind: 'unknown' }
    const left = login.expiresAt - this.clock.now()
    const inTime = left > 0 && left <= WEB_LOGIN_MS
    const here = browser !== undefined && equal(hashed(browser), login.browserHash)
    if (!inTime || !here) return { kind: 'known', login }
    const unused = { stateHash, usedAt: IsNull() }
    const { affected } = await manager.update(WebLoginEntity, unused, { usedAt: this.clock.now() })
    return { kind: affected === 1 ? 'own' : 'known', login }
  }
}
