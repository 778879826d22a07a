import { z } from 'zod'
import type { AppConfig } from '../../core/config/config.js'
import { numeric } from '../calls/platform-answer.js'

export interface FetchedToken {
  token: string
  /** Seconds, as the platform says; may be nonsense. */
  expiresIn: number
}

/** Where an app's access token comes from. */
export interface TokenSource {
  /**
   * @param force whether to invalidate the present token; only WeChat knows the difference
   * @throws PlatformError, PlatformUnreachable
   */
  fetchToken(app: AppConfig, force: boolean): Promise<FetchedToken>
}

/** Both platforms' answer. WeChat W9 and WeCom Q21: room for 512 characters. */
export const tokenAnswer = z
  .object({ access_token: z.string().min(1).max(2048), expires_in: numeric })
  .transform((answer): FetchedToken => ({
    token: answer.access_token,
    expiresIn: answer.expires_in,
  }))
