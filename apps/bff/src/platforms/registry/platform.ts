import type { AppConfig } from '../../core/config/config.js'

export interface ExchangedCode {
  /** WeChat openid or WeCom userid. */
  viewerKey: string
  /** Base64 of 16 bytes. Seal it; never log it. */
  sessionKey: string
}

export type Declaration =
  | { kind: 'wechat'; activityId: string }
  /** 32 random bytes, base64url. */
  | { kind: 'wecom'; state: string }

export interface Proof {
  encryptedData: string
  iv: string
}

export interface OpenedProof {
  /** The activityId or state that the proof is about. Compare it whole and in constant time. */
  declared: string
  /** Between which bytes of the plaintext it is written: the proof is named by the blocks that hold these. */
  declaredAt: { readonly start: number; readonly end: number }
  /** WeCom: the userid the platform saw open the card. */
  curReceiver?: string
}

/** What Sealcard needs of WeChat or WeCom. Every method gets the app it acts for. */
export interface Platform {
  readonly platform: AppConfig['platform']

  /**
   * Exchanges a `wx.login` / `wx.qy.login` code, which is good once and for 5 minutes.
   * @throws LoginRejected, PlatformError (our own registration is wrong), PlatformUnreachable
   */
  exchangeCode(app: AppConfig, code: string): Promise<ExchangedCode>

  /**
   * Makes what a share of this sharer is declared with.
   * @throws PlatformError, PlatformUnreachable
   */
  declare(app: AppConfig, sharer: { viewerKey: string }): Promise<Declaration>

  /**
   * Opens what the platform gave the opener's client. Pure: no network, no clock.
   * @throws CryptoError ERR_PROOF_REJECTED, the same for every cause and after the same work
   */
  openProof(sessionKey: string, proof: Proof): OpenedProof
}

/** The adapters by platform: `registry.for(app).exchangeCode(app, code)`. */
export class PlatformRegistry {
  readonly #platforms = new Map<string, Platform>()

  constructor(platforms: readonly Platform[]) {
    for (const platform of platforms) this.#platforms.set(platform.platform, platform)
  }

  /** The adapter that speaks this app's platform. */
  for(app: AppConfig): Platform {
    const platform = this.#platforms.get(app.platform)
    if (!platform) throw new TypeError(`no adapter for the platform of app ${app.id}`)
    return platform
  }
}
