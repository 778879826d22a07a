import type { AppConfig } from '../config/config.js'

/** The apps' access tokens: cached in memory and, sealed, in the database; one fetch across all processes. */
export class AccessTokens {
  /**
   * Runs `fn` with the app's token; when the platform says the token is bad, once more with a fresh one.
   * @throws what `fn` throws; PlatformError, PlatformUnreachable when no token can be had
   */
  async withToken<T>(_app: AppConfig, _fn: (token: string) => Promise<T>): Promise<T> {
    throw new Error('being written')
  }
}
