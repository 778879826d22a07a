import type { WorldCore } from './core.js'
import type { TokenRecord } from './records.js'
import { lookup } from './lookup.js'

/** W8, Q21. */
export const TOKEN_LIFETIME_MS = 7_200_000
/** W9: the platform itself rotates a stable token 5 minutes before it expires. */
const STABLE_ROTATION_MS = 5 * 60_000

export type TokenState = 'live' | 'replaced' | 'expired' | 'unknown'
type Kind = TokenRecord['kind']

/** Access tokens of both platforms. Normal and stable tokens of an app are isolated from each other (W9). */
export class Tokens {
  constructor(private readonly core: WorldCore) {}

  /** Replaces the latest of its kind; the old one is accepted for `overlapMs` more. */
  issue(kind: Kind, app: string, overlapMs: number): { token: string; expiresIn: number } {
    const now = this.core.now()
    this.#forgetDead()
    for (const record of Object.values(this.core.state.tokens)) {
      if (record.kind !== kind || record.app !== app || record.replacedUntil !== null) continue
      record.replacedUntil = Math.min(record.expiresAt, now + overlapMs)
    }
    const token = `${kind === 'wecom' ? 'wecom' : kind === 'stable' ? '98_' : '97_'}${this.core.token(150)}`
    const expiresAt = now + TOKEN_LIFETIME_MS
    this.core.state.tokens[token] = {
      kind,
      app,
      issuedAt: now,
      expiresAt,
      replacedUntil: null,
    }
    this.core.changed()
    return { token, expiresIn: TOKEN_LIFETIME_MS / 1000 }
  }

  latest(kind: Kind, app: string): { token: string; expiresIn: number } | null {
    const now = this.core.now()
    for (const [token, record] of Object.entries(this.core.state.tokens)) {
      const live = record.replacedUntil === null && record.expiresAt > now
      if (record.kind === kind && record.app === app && live) {
        return { token, expiresIn: Math.floor((record.expiresAt - now) / 1000) }
      }
    }
    return null
  }

  /** W9: inside its validity the same token; the old one lives on until it expires when the platform rotates early. */
  stable(app: string): { token: string; expiresIn: number } {
    const latest = this.latest('stable', app)
    if (latest && latest.expiresIn * 1000 > STABLE_ROTATION_MS) return latest
    return this.issue('stable', app, TOKEN_LIFETIME_MS)
  }

  find(token: string): { state: TokenState; record: TokenRecord | null } {
    const record = lookup(this.core.state.tokens, token) ?? null
    if (!record) return { state: 'unknown', record }
    const now = this.core.now()
    if (record.expiresAt <= now) return { state: 'expired', record }
    if (record.replacedUntil !== null && record.replacedUntil <= now) {
      return { state: 'replaced', record }
    }
    return { state: 'live', record }
  }

  /** Q21: a platform may end tokens early. Also what a foreign process does that fetches a new one. */
  invalidate(app?: string): number {
    const now = this.core.now()
    const live = Object.values(this.core.state.tokens).filter(
      (record) =>
        (app === undefined || record.app === app) &&
        record.expiresAt > now &&
        (record.replacedUntil ?? Infinity) > now,
    )
    for (const record of live) record.replacedUntil = now
    this.core.changed()
    return live.length
  }

  /** W9: at most 20 forced refreshes a day, at least 30 s apart. */
  claimForcedRefresh(app: string): 'ok' | 'too-soon' | 'too-many' {
    const now = this.core.now()
    // SIM: the day is Beijing's calendar day.
    const day = Math.floor((now + 8 * 3_600_000) / 86_400_000)
    const known = this.core.state.forced[app]
    if (known && now - known.lastAt < 30_000) return 'too-soon'
    const count = known?.day === day ? known.count : 0
    if (count >= 20) return 'too-many'
    this.core.state.forced[app] = { day, count: count + 1, lastAt: now }
    this.core.changed()
    return 'ok'
  }

  /** Expired tokens are remembered for a day, so that 42001 stays 42001 for a while and the world does not grow. */
  #forgetDead(): void {
    const before = this.core.now() - 86_400_000
    for (const [token, record] of Object.entries(this.core.state.tokens)) {
      if (record.expiresAt < before) delete this.core.state.tokens[token]
    }
  }
}
