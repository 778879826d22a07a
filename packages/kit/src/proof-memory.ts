import type { Proof, Ticket } from './platform.js'

/**
 * The BFF gives the same opening for the same proof for 60 s after it was used. It was used after it was sent, and a
 * request may be under way for 12 s; so a proof this old, in milliseconds since it was first sent, can still arrive in
 * time.
 */
export const SEND_AGAIN_WITHIN_MS = 45_000

/** How long a login is known to change nothing, milliseconds. */
export const LOGIN_CHANGES_NOTHING_MS = 10 * 60_000

/** Proofs whose answer got lost, and shares for which a login mended nothing. Never stored. */
export interface ProofMemory {
  /** The proof to send again; null: none, or too old. */
  find(shareId: string, ticket: Ticket): Proof | null
  /** Remembers a proof from when it is first sent. */
  keep(shareId: string, ticket: Ticket, proof: Proof): void
  forget(shareId: string, ticket: Ticket): void
  /** A login may rotate the key that every proof so far was made with. */
  forgetAll(): void
  /** A proof made right after a login was rejected. */
  rejectedAfterLogin(shareId: string): void
  /** Whether another login can mend a rejected proof for this share. */
  loginMayHelp(shareId: string): boolean
}

interface Sent {
  proof: Proof
  at: number
}

export const createProofMemory = (now: () => number): ProofMemory => {
  const sent = new Map<string, Sent>()
  const rejected = new Map<string, number>()
  const keyOf = (shareId: string, { shareTicket }: Ticket) => JSON.stringify([shareId, shareTicket])

  return {
    find(shareId, ticket) {
      const known = sent.get(keyOf(shareId, ticket))
      return known && within(SEND_AGAIN_WITHIN_MS, known.at, now()) ? known.proof : null
    },
    keep(shareId, ticket, proof) {
      sent.set(keyOf(shareId, ticket), { proof, at: now() })
    },
    forget(shareId, ticket) {
      sent.delete(keyOf(shareId, ticket))
    },
    forgetAll: () => sent.clear(),
    rejectedAfterLogin: (shareId) => void rejected.set(shareId, now()),
    loginMayHelp(shareId) {
      const at = rejected.get(shareId)
      return at === undefined || !within(LOGIN_CHANGES_NOTHING_MS, at, now())
    },
  }
}

/** A clock that was set back makes nothing young. */
const within = (ms: number, from: number, now: number) => now >= from && now - from < ms
