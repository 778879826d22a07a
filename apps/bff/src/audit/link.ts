import type { AuditEntryEntity } from './audit-entry.entity.js'
import { entryHash, type Place } from './entry-hash.js'
import { witnessed } from './witness.js'

/** What the verification needs of an entry. */
export interface Link {
  readonly seq: number
  readonly prevHash: string
  readonly hash: string
  /** Whether its hash is the hash of what it says. */
  readonly intact: boolean
  /** The place of another chain that it witnesses. */
  readonly witness?: Place
}

export function linkOf(entry: AuditEntryEntity): Link {
  const { seq, prevHash, hash } = entry
  const witness = witnessed(entry)
  return { seq, prevHash, hash, intact: entryHash(entry) === hash, ...(witness && { witness }) }
}
