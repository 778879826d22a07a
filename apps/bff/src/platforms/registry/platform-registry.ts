import type { AppConfig } from '../../core/config/config.js'
import type { Platform } from './platform.js'

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
