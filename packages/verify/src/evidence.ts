import { randomBytes } from 'node:crypto'
import { equal } from '@sealcard/crypto'
import type { Facts } from './decide.js'
import type { OpenedProof, PlatformProofs, Proof } from './platform-proofs.js'
import type { SessionKeys } from './ports.js'
import { proofName, sha256 } from './proof-name.js'
import type { StoredShare } from './store.js'

/** What a proof shows, before the claim. */
export interface Evidence {
  readonly facts: Pick<
    Facts,
    'proofGiven' | 'shareInApp' | 'proofOpened' | 'valueMatches' | 'receiver'
  >
  /** What the proof is remembered by; of one that does not open, nothing. */
  readonly name: string
}

/** Stands in for whatever is missing, so that each refusal does the work of a grant. */
const DECOY = {
  key: randomBytes(16).toString('base64'),
  valueHash: sha256(''),
  proof: { declared: '', declaredAt: { start: 0, end: 0 }, curReceiver: '' },
}

const tryOpen = (platform: PlatformProofs, key: string, proof: Proof): OpenedProof | null => {
  const { stackTraceLimit } = Error
  // One of the two keys is always wrong. To collect a stack takes longer than to decrypt.
  Error.stackTraceLimit = 0
  try {
    return platform.open(key, proof)
  } catch {
    return null
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** Every step runs, whatever the steps before it found: AES-CBC has no MAC, and a difference would let a client forge. */
export const evidenceOf = (
  platform: PlatformProofs,
  appId: string,
  viewerId: string,
  proof: Proof,
  share: StoredShare | null,
  keys: SessionKeys | null,
): Evidence => {
  const open = (key: string | undefined) => {
    const opened = tryOpen(platform, key ?? DECOY.key, proof)
    const { declared, declaredAt, curReceiver = '' } = opened ?? DECOY.proof
    const matches = equal(sha256(declared), share?.valueHash ?? DECOY.valueHash)
    const isViewer = equal(platform.comparable(curReceiver), platform.comparable(viewerId))
    const holds = opened !== null && key !== undefined
    return {
      declaredAt,
      opened: holds,
      matches: holds && share !== null && matches,
      isViewer: holds && isViewer,
    }
  }
  const current = open(keys?.current)
  const previous = open(keys?.previous)
  // A wrong key yields well-padded noise once in 256: what the proof is about says which key was the right one.
  const chosen = !current.matches && previous.matches ? previous : current
  return {
    name: proofName(appId, proof.encryptedData, chosen.declaredAt),
    facts: {
      proofGiven: proof.encryptedData !== '' || proof.iv !== '',
      shareInApp: share !== null,
      proofOpened: current.opened || previous.opened,
      valueMatches: chosen.matches,
      receiver: platform.provesReceiver ? (chosen.isViewer ? 'viewer' : 'another') : 'unstated',
    },
  }
}
