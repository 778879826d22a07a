import { createHmac, hash } from 'node:crypto'

/** What an entry's hash covers: all of it. */
export interface HashedEntry {
  readonly chainId: string
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly actor: string
  readonly subject: string
  readonly decision: string
  readonly reason: string
  readonly prevHash: string
}

/** Names the encoding below; the first part of what is hashed. */
export const ENTRY_FORMAT = 'sealcard.audit.1'

/** The prevHash of the very first entry of the very first chain. */
export const GENESIS = '0'.repeat(64)

/**
 * SHA-256 over the canonical encoding: a JSON array in fixed order, which has one spelling for each entry and no
 * ambiguity between fields. @returns hex
 */
export const entryHash = (e: HashedEntry): string =>
  hash(
    'sha256',
    JSON.stringify([
      ENTRY_FORMAT,
      e.chainId,
      e.seq,
      e.at,
      e.kind,
      e.actor,
      e.subject,
      e.decision,
      e.reason,
      e.prevHash,
    ]),
    'hex',
  )

const mac = (key: Uint8Array, parts: readonly unknown[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')

/** Signs "this chain's last entry is this". @returns base64url */
export const signHead = (key: Uint8Array, { chainId, seq, hash }: Place): string =>
  mac(key, ['sealcard.audit.head.1', chainId, seq, hash])

/** Signs "this chain had this hash at this place, at this time". @returns base64url */
export const signCheckpoint = (
  key: Uint8Array,
  { chainId, seq, hash, at }: Place & { readonly at: number },
): string => mac(key, ['sealcard.audit.checkpoint.1', chainId, seq, hash, at])

export interface Place {
  readonly chainId: string
  readonly seq: number
  readonly hash: string
}
