import { randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { equal } from '@sealcard/crypto'
import type { CreateOpening } from '@sealcard/protocol'
import { sha256 } from '../../core/crypto/digest.js'
import { asId, NO_ID } from '../../core/ids.js'
import type { Principal } from '../../http/access/principals.js'
import type { OpenedProof, Platform } from '../../platforms/registry/platform.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import type { Facts } from '../cards/decide.js'
import type { ShareEntity } from '../shares/share.entity.js'
import { PageKeys } from './page-keys.js'
import { formerProofName, proofName } from './proof-name.js'
import { ProofSources } from './proof-sources.js'

/** What a proof shows, before anything that can change under our hands is looked at. */
export interface Evidence extends Pick<
  Facts,
  'proofGiven' | 'shareInApp' | 'proofOpened' | 'valueMatches' | 'receiver'
> {
  /** The share of this app, or one that no card has. */
  readonly share: Pick<ShareEntity, 'id' | 'cardId' | 'verifyUntil'>
  /** Whose card it shares; of no share of this app, an id that no row has. */
  readonly ownerId: string
  /** The id that was asked for, whether or not there is such a share. */
  readonly asked: string
  /** What the proof is remembered by; of one that does not open, nothing. */
  readonly digest: string
  /** What it may have been remembered by before: see `formerProofName`. */
  readonly formerDigest: string
}

/** Stands in for whatever is missing, so that a refusal does the work of a grant. */
const DECOY = {
  key: randomBytes(16).toString('base64'),
  share: { id: NO_ID, cardId: NO_ID, verifyUntil: 0, valueHash: sha256('', 'base64url') },
  proof: {
    declared: '',
    declaredAt: { start: 2 * 16, end: 5 * 16 },
    curReceiver: '',
  } satisfies OpenedProof,
}

/**
 * Verifies a proof. Every step runs, whatever the steps before it found. It looks up the share, tries both keys and
 * compares the hashes. Decoys stand in for what is missing. AES-CBC has no MAC: a client that sees any difference between
 * refusals could use it to forge a proof.
 */
@Injectable()
export class ProofVerifier {
  constructor(
    private readonly sources: ProofSources,
    private readonly platforms: Platforms,
    private readonly pageKeys: PageKeys,
  ) {}

  async verify(me: Principal, shareId: string, proof: CreateOpening): Promise<Evidence> {
    const asked = asId(shareId)
    const {
      share: found,
      ownerId,
      keys: own,
      viewerKey,
    } = await this.sources.of(asked, me.viewerId)
    const shareInApp = found !== null && found.appId === me.app.id
    // The owner's answer needs no proof. So no outage of the platform keeps it back.
    const isOwner = shareInApp && ownerId === me.viewerId
    // The key of the session's own kind, and never one of the other.
    const keys = me.kind !== 'web' ? own : isOwner ? null : await this.pageKeys.of(me.app)
    const share = shareInApp ? found : DECOY.share
    const platform = this.platforms.of(me.app)
    const open = (key: string | null | undefined) => {
      const opened = tryOpen(platform, key ?? DECOY.key, proof)
      const { declared, declaredAt, curReceiver = '' } = opened ?? DECOY.proof
      const matches = equal(sha256(declared, 'base64url'), share.valueHash)
      const isViewer = equal(platform.comparable(curReceiver), platform.comparable(viewerKey ?? ''))
      return {
        declaredAt,
        opened: opened !== null && Boolean(key),
        matches: opened !== null && Boolean(key) && shareInApp && matches,
        isViewer: opened !== null && viewerKey !== null && isViewer,
      }
    }
    const current = open(keys?.current)
    const previous = open(keys?.previous)
    // A wrong key yields well-padded noise once in 256: what the proof is about decides which key was the right one.
    const chosen = !current.matches && previous.matches ? previous : current
    return {
      share,
      ownerId: (shareInApp ? ownerId : null) ?? NO_ID,
      asked,
      digest: proofName(me.app.id, proof.encryptedData, chosen.declaredAt),
      formerDigest: formerProofName(me.app.id, proof.encryptedData),
      proofGiven: proof.encryptedData !== '' || proof.iv !== '',
      shareInApp,
      proofOpened: current.opened || previous.opened,
      valueMatches: chosen.matches,
      receiver: platform.provesReceiver ? (chosen.isViewer ? 'viewer' : 'another') : 'unstated',
    }
  }
}

/**
 * Of the two keys that are tried, one is wrong in almost every opening. Its error has no stack: to collect one takes longer
 * than to decrypt the proof.
 * @returns null for whatever is wrong with the proof; the cause is not kept
 */
const tryOpen = (platform: Platform, key: string, proof: CreateOpening): OpenedProof | null => {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return platform.openProof(key, proof)
  } catch {
    return null
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
