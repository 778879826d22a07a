/** Milliseconds UTC. */
export interface Clock {
  now(): number
}

export interface Random {
  bytes(count: number): Uint8Array
}

export interface Timers {
  /** Calls `fn` once, `ms` milliseconds later. @returns cancels it */
  after(ms: number, fn: () => void): () => void
}

/** A person's session keys, as `jscode2session` gave them. They are secrets: keep them sealed, and never log them. */
export interface SessionKeys {
  /** base64 of 16 bytes. */
  readonly current: string
  /** The key before it. A proof that a client fetched a moment ago is under this one. */
  readonly previous?: string
  /** Milliseconds UTC until which `previous` counts. The service gives it 5 minutes. Needed with `previous`. */
  readonly previousUntil?: number
}

export interface KeySource {
  /** @param viewerId openid or userid @returns null for a person without a login */
  keysOf(viewerId: string): Promise<SessionKeys | null>
}
