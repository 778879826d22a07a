import type { AppConfig, Config } from '../../../core/config/config.js'
import type { Clock } from '../../../core/ports/clock.js'
import type { Random } from '../../../core/ports/random.js'
import { LoginRejected } from '../../../platforms/calls/platform-error.js'
import { PlatformHealth } from '../../../platforms/calls/platform-health.js'
import { PlatformHttp } from '../../../platforms/calls/platform-http.js'
import type { Platforms } from '../../../platforms/registry/platforms.js'

/** No platform ever gave out this code. */
const NO_CODE = 'sealcard-doctor'

/** Asks a platform what only the right secret, from an allowed address, may ask; as the service does, and keeps nothing. */
export interface PlatformProbe {
  /** An access token, not forced: every caller gets the same one. @throws PlatformError, PlatformUnreachable */
  token(app: AppConfig): Promise<string>
  /** A login with a code that is none: refused for the code alone when all else is right. @throws as `token` */
  login(app: AppConfig, token: string): Promise<void>
  close(): Promise<void>
}

export const platformProbe = (
  { apps, platformCalls: times, proxies }: Config,
  platforms: Platforms,
  clock: Clock,
  random: Random,
): PlatformProbe => {
  const health = new PlatformHealth(
    clock,
    apps.map(({ id }) => id),
  )
  const settings = { tries: 2, tryTimeoutMs: times.timeoutMs }
  const http = new PlatformHttp(random, health, settings, proxies)
  const sources = platforms.tokenSources(http)
  return {
    token: async (app) => (await sources.of(app).fetchToken(app, false)).token,
    async login(app, token) {
      const tokens = { withToken: <T>(_: AppConfig, fn: (t: string) => Promise<T>) => fn(token) }
      try {
        await platforms.of(app).connect({ http, tokens, random }).exchangeCode(app, NO_CODE)
      } catch (error) {
        if (!(error instanceof LoginRejected)) throw error
      }
    },
    close: () => http.close(),
  }
}
