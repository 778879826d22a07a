import { decide, type Facts } from './decide.js'
import { declaredShare, type Declaration, type Declared } from './declare.js'
import { evidenceOf } from './evidence.js'
import { isName, NAME, type LogEntry, settingsOf, type VerifierOptions } from './options.js'
import { PLATFORMS, type Proof } from './platform-proofs.js'
import type { SessionKeys } from './ports.js'
import { withDeadline } from './with-deadline.js'

export interface OpenInput {
  /** The openid or userid of your own session, never one that the client names. */
  readonly viewerId: string
  /** From the client, as it is. */
  readonly shareId: unknown
  /** From the client, as it is: `{encryptedData, iv}`, and WeChat's `valid`. Anything else is refused. */
  readonly proof: unknown
}

export interface GrantedOpening {
  readonly granted: true
  readonly cardId: string
  readonly shareId: string
  readonly viewerId: string
  /** Milliseconds UTC. */
  readonly at: number
}

/** The same for every cause: send `status` and `body` as they are. */
export interface RefusedOpening {
  readonly granted: false
  readonly status: 403
  readonly body: { readonly code: 'ERR_PROOF_REJECTED'; readonly message: string }
}

export interface Verifier {
  /**
   * Before a client shares. @returns what the client declares
   * @throws TypeError that names the field; whatever the store throws
   */
  declare(declaration: Declaration): Promise<Declared>
  /** Never throws for what a client sent, nor for an outage. @throws TypeError when `viewerId` is no text */
  open(input: OpenInput): Promise<GrantedOpening | RefusedOpening>
  /** Once it has answered, no person opens the card. @throws what the store throws: the card is not revoked then */
  revoke(cardId: string): Promise<void>
}

const REFUSED: RefusedOpening = Object.freeze({
  granted: false,
  status: 403,
  body: Object.freeze({ code: 'ERR_PROOF_REJECTED', message: 'the proof was rejected' }),
})

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `valid: false` is WeChat's word that the person is no recipient. */
const proofOf = (value: unknown): Proof => {
  const { encryptedData, iv, valid } = (value ?? {}) as Record<string, unknown>
  if (valid === false) return { encryptedData: '', iv: '' }
  return { encryptedData: textOf(encryptedData), iv: textOf(iv) }
}

const isKey = (value: unknown): boolean =>
  typeof value === 'string' && /^([A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{43}=)$/.test(value)

/** @throws TypeError for keys that are none: no proof opens with them, and the log says why */
const keysAt = (keys: SessionKeys | null, now: number): SessionKeys | null => {
  if (keys === null) return null
  const { current, previous, previousUntil } = keys
  if (!isKey(current)) throw new TypeError('keysOf: current must be base64 of 16 bytes')
  if (previous === undefined) return { current }
  if (!isKey(previous)) throw new TypeError('keysOf: previous must be base64 of 16 bytes')
  if (!Number.isFinite(previousUntil))
    throw new TypeError('keysOf: previous needs previousUntil, milliseconds UTC')
  return now < (previousUntil ?? 0) ? { current, previous } : { current }
}

/**
 * Decides who may open a card. See README.md for the five minutes to the first opening.
 * @throws TypeError that names the option and the cure
 */
export const createVerifier = (options: VerifierOptions): Verifier => {
  const settings = settingsOf(options)
  const { app, clock, store, timers, deadlineMs } = settings
  const platform = PLATFORMS[settings.platform]

  const weigh = async (viewerId: string, shareId: string, proof: Proof, signal: AbortSignal) => {
    const [share, keys] = await Promise.all([
      store.find(app, shareId),
      settings.keys.keysOf(viewerId),
    ])
    const own = share !== null && share.app === app && share.id === shareId ? share : null
    const usable = keysAt(keys, clock.now())
    const { name, facts } = evidenceOf(platform, app, viewerId, proof, own, usable)
    const weighed = (changed: Partial<Facts> = {}) =>
      decide({
        ...facts,
        now: clock.now(),
        proof: 'new',
        verifyUntil: own?.verifyUntil ?? 0,
        revokedAt: own?.revokedAt ?? null,
        expiresAt: own?.expiresAt ?? null,
        claim: 'untried',
        ...changed,
      })
    let decision = weighed()
    if (decision.outcome === 'claim' && own) {
      // The refusal is out: a claim would use the proof for nothing.
      signal.throwIfAborted()
      const { cardId, maxViewers, maxOpensPerViewer } = own
      const at = clock.now()
      const claim = { app, proof: name, cardId, viewerId, at, maxViewers, maxOpensPerViewer }
      const outcome = await store.claim(claim)
      if (outcome === 'won') decision = weighed({ claim: 'won' })
      else if (outcome === 'proof_used') decision = weighed({ proof: 'reused' })
      else if (outcome === 'card_revoked') decision = weighed({ revokedAt: at })
      else decision = weighed({ claim: 'lost' })
    }
    return { decision, cardId: own?.cardId ?? '' }
  }

  /** A log that fails changes no answer. */
  const log = (entry: LogEntry): void => {
    const write = async () => settings.log(entry)
    write().catch(() => undefined)
  }

  return {
    declare: async (declaration) => {
      const { share, declared } = declaredShare(settings, declaration)
      await store.declare(share)
      return declared
    },

    open: async (input) => {
      const { viewerId } = input
      if (!isName(viewerId))
        throw new TypeError(`viewerId must be ${NAME}: take it from your session`)
      const shareId = isName(input.shareId) ? input.shareId : ''
      const about = { viewerId, shareId }
      try {
        const { decision, cardId } = await withDeadline(timers, deadlineMs, (signal) =>
          weigh(viewerId, shareId, proofOf(input.proof), signal),
        )
        const at = clock.now()
        if (decision.outcome === 'granted') {
          log({ ...about, at, outcome: 'granted' })
          return Object.freeze({ granted: true, cardId, shareId, viewerId, at })
        }
        if (decision.outcome === 'claim') throw new TypeError('decided without a share')
        log({ ...about, at, outcome: 'refused', reason: decision.reason })
      } catch (error) {
        log({ ...about, at: clock.now(), outcome: 'refused', reason: 'outage', error })
      }
      return REFUSED
    },

    revoke: async (cardId) => {
      if (!isName(cardId)) throw new TypeError(`cardId must be ${NAME}`)
      await store.revoke(app, cardId, clock.now())
    },
  }
}
