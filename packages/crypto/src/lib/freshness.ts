import { skipFreshness } from '../skip-freshness.js'
import { objectArgument, secondsArgument, toleranceArgument } from './argument.js'

/** How old or how far ahead a platform timestamp may be. */
export interface Freshness {
  /** Unix time in seconds. Required unless `tolerance` is `skipFreshness`. */
  readonly now?: number
  /** Seconds either way, inclusive; 300 by default. */
  readonly tolerance?: number | typeof skipFreshness
}

/** `Freshness` read once and checked. */
export interface Window {
  readonly now: number
  readonly tolerance: number
}

export const readWindow = (options: Freshness): Window => {
  const { now, tolerance = 300 } = objectArgument(options, 'options')
  if (tolerance === skipFreshness) return { now: 0, tolerance: Infinity }
  return {
    now: secondsArgument(now, 'now'),
    tolerance: toleranceArgument(tolerance, 'tolerance'),
  }
}

/** Both ways: a timestamp from the future is as wrong as an old one. */
export const isFresh = (seconds: number, window: Window): boolean =>
  Math.abs(window.now - seconds) <= window.tolerance
