import type { Session } from '@sealcard/protocol'

/** A login as the pages may see it. */
export type KnownSession = Pick<Session, 'expiresAt' | 'viewer'>

/** How the BFF knows who calls. */
export interface Sessions<S extends KnownSession = KnownSession> {
  /** The session that is known, or a new one. */
  ensure(): Promise<S>
  known(): boolean
  /** Logs in again. Calls during a running login share it. */
  renew(): Promise<S>
  /** Logs in again after `ERR_SESSION`, unless another caller did since `stale` was given out. */
  renewAfter(stale: S): Promise<S>
  /** `ERR_SESSION` came for it, or the person signed out. */
  forget(stale?: S): void
  /** What a request carries that must not log in first; null: nothing here makes the caller known. */
  credentials(): Record<string, string> | null
  /** What a request in this session carries. */
  headers(session: S): Record<string, string>
}
