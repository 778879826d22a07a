import { z } from 'zod'
import type { AppConfig } from '../../core/config/config.js'
import { CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { numeric } from '../calls/platform-answer.js'

export interface FetchedToken {
  token: string
  /** Seconds, as the platform says; may be nonsense. */
  expiresIn: number
}

/** Where a platform's apps get their access tokens. */
export interface TokenSource<App extends AppConfig = AppConfig> {
  /** The errcodes by which the platform says that a token is bad. */
  readonly badToken: readonly number[]
  /** Absent: the platform has no way to end the present token. */
  readonly force?: ForcedRefresh

  /**
   * @param force whether to end the present token; only for a source that has `force`
   * @throws PlatformError, PlatformUnreachable
   */
  fetchToken(app: App, force: boolean): Promise<FetchedToken>
}

/** When the present token may be ended: the platform gives it out again, and refuses it as replaced. */
export interface ForcedRefresh {
  /** The errcode for a replaced token. */
  readonly onErrcode: number
  readonly perDay: number
  readonly apartMs: number
}

/** Each app's source, by its platform. */
export interface TokenSources {
  of(app: AppConfig): TokenSource
}

/** What the platforms answer. WeChat W9 and WeCom Q21: room for 512 characters. */
export const tokenAnswer = z
  .object({ access_token: z.string().min(1).max(2048), expires_in: numeric })
  .transform((answer): FetchedToken => ({
    token: answer.access_token,
    expiresIn: answer.expires_in,
  }))

/** W8, Q21: a token lives at most 7200 s. */
const MAX_LIFE_S = 7_200
export const LONGEST_LIFE_MS = MAX_LIFE_S * 1_000
/** For an answer with a past or absurd life: the token is used, and soon asked for again. */
const MIN_LIFE_S = 60
/** W9: WeChat itself makes the next token 5 minutes before the end. Until then both are good. */
const EARLY_MS = 300_000

/** Fetched later than now: by a clock that was ahead. When such a token really ends is not known. */
export const isFromAhead = (fetchedAt: number, now: number): boolean =>
  fetchedAt > now + CLOCK_SKEW_MS

export interface TokenLife {
  /** From when the next token is asked for; ms since the epoch. */
  refreshAt: number
  /** When the token ends; ms since the epoch. */
  expiresAt: number
}

/** Times in milliseconds UTC. */
export interface StoredToken extends TokenLife {
  token: string
  fetchedAt: number
}

/** Whether it may be used. */
export const isAlive = ({ fetchedAt, expiresAt }: StoredToken, now: number): boolean =>
  now < expiresAt && !isFromAhead(fetchedAt, now)

/** Whether it may be used and needs no successor yet. */
export const isFresh = (stored: StoredToken, now: number): boolean =>
  now < stored.refreshAt && isAlive(stored, now)

/**
 * @param expiresIn seconds, as the platform said
 * @param askedAt when the request was sent: a slow answer has lived already
 */
export const tokenLife = (expiresIn: number, askedAt: number): TokenLife => {
  const lifeMs = Math.floor(Math.min(Math.max(expiresIn, MIN_LIFE_S), MAX_LIFE_S)) * 1_000
  // `stable_token` may answer with little left: a fixed margin would then ask at every call.
  const early = Math.min(EARLY_MS, lifeMs / 4)
  return { refreshAt: askedAt + lifeMs - early, expiresAt: askedAt + lifeMs }
}

export const stamped = ({ token, expiresIn }: FetchedToken, askedAt: number): StoredToken => ({
  token,
  fetchedAt: askedAt,
  ...tokenLife(expiresIn, askedAt),
})
