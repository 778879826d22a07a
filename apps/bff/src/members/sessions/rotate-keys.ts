/** How long a replaced key still opens proofs that were on their way. */
export const PREVIOUS_KEY_MS = 5 * 60_000

/** Keys of one viewer; times in milliseconds UTC. */
export interface Keys {
  readonly current: string
  readonly previous: string | null
  readonly previousUntil: number | null
}

/**
 * The keys after a login delivered `key`. `wx.login` *may* rotate the key: when the same one comes back nothing moves,
 * not even the end of the previous one's grace.
 */
export function rotate(known: Keys | null, key: string, now: number): Keys {
  if (!known) return { current: key, previous: null, previousUntil: null }
  if (known.current === key) return withoutExpired(known, now)
  return { current: key, previous: known.current, previousUntil: now + PREVIOUS_KEY_MS }
}

/**
 * What may open a proof now: the current key and, for five minutes, the one before it. A clock that was set back before
 * the rotation makes it no longer.
 */
export function withoutExpired(keys: Keys, now: number): Keys {
  const left = (keys.previousUntil ?? now) - now
  if (left > 0 && left <= PREVIOUS_KEY_MS) return keys
  return { current: keys.current, previous: null, previousUntil: null }
}
