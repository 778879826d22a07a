import type { NotOpened, Opening, OwnCard, Peeked } from '@sealcard/protocol'
import type { BffClient } from './bff-client.js'
import { BffError, BffUnreachable } from './bff-error.js'
import { PlatformError } from './platform-error.js'
import type { Proof, SharePlatform, Ticket } from './platform.js'

export type RefusalKind =
  /** The one refusal. It shows no cause, on purpose. */
  | 'not-recipient'
  | 'no-ticket'
  | 'revoked'
  | 'expired'
  | 'window-closed'
  | 'view-limit'
  /** The person has used up their own openings. */
  | 'opens-used'
  /** Others have taken all places of the card. */
  | 'places-taken'
  | 'rate-limited'
  | 'unreachable'
  | 'unsupported'
  /** The platform does not accept the service, or this page for the person's company. */
  | 'setup'

export interface Refusal {
  kind: RefusalKind
  /** Seconds; null: not said. */
  retryAfter: number | null
  /** The person passes it on to the operator of the service. */
  requestId: string | null
}

/** What a card would show, without its words. */
export type Peek = Peeked['peek']

export type OpenResult =
  | { outcome: 'opened'; opening: Opening }
  /** The person is a recipient, and decides whether to open it. Nothing is opened or counted. */
  | { outcome: 'asked'; peek: Peek }
  /** The person's own card: show them their page of it. */
  | { outcome: 'owner'; cardId: string }
  | { outcome: 'refused'; refusal: Refusal }

export interface OpenCardOptions {
  platform: SharePlatform
  client: Pick<BffClient, 'ensureSession' | 'hasSession' | 'renewSession' | 'openShare'> &
    Partial<Pick<BffClient, 'proofs' | 'peekShare'>>
  shareId: string
  /** Only asks what the card would show. A later call without it opens the card, with the same proof while it is fresh. */
  peek?: boolean
  /** Receives the ticket that is used; null: there is none. */
  onTicket?: (ticket: Ticket | null) => void
}

/**
 * Opens a shared card: ticket, login, proof, BFF. One request to the BFF when logged in, two when not. Call it once for
 * each ticket: every call may count an opening. `createOpenController` sees to that.
 *
 * At most once it logs in again and fetches a *new* proof: when the platform asks for a login, the session is over, or
 * the BFF rejected the proof. A rotated session key causes the same rejection. The client never sends old data with a
 * new key.
 *
 * A lost answer may hold the only opening that the person has. The function sends the same proof again once, at once.
 * Later calls for the same share and ticket also send it, while the BFF still knows the proof. If the BFF answers that
 * it is too busy, later calls may still send it.
 */
export const openAndProve = async (options: OpenCardOptions): Promise<OpenResult> => {
  const { platform, client, shareId, onTicket, peek = false } = options
  const { proofs } = client
  if (platform.capabilities.open) return refused('unsupported')
  let renewed = false as boolean
  const renew = async () => {
    renewed = true
    await client.renewSession()
  }

  const prove = async (ticket: Ticket): Promise<Proof> => {
    const unanswered = proofs?.find(shareId, ticket)
    if (unanswered && client.hasSession()) return unanswered
    // The platform proves only after a login whose code the server has exchanged.
    if (!renewed && client.hasSession() && !(await platform.checkSession())) await renew()
    else await client.ensureSession()
    const proof = await platform.prove(ticket)
    proofs?.keep(shareId, ticket, proof)
    return proof
  }

  /** @param lost an answer to this proof got lost before */
  const send = async (
    ticket: Ticket,
    proof: Proof,
    lost: boolean,
  ): Promise<Opening | NotOpened> => {
    try {
      if (peek && client.peekShare) return await client.peekShare(shareId, proof)
      const answer = await client.openShare(shareId, proof)
      proofs?.forget(shareId, ticket)
      return answer
    } catch (error) {
      if (!isLost(error) && !(lost && isNotWeighed(error))) proofs?.forget(shareId, ticket)
      throw error
    }
  }

  const sendTwice = async (ticket: Ticket, proof: Proof, lost: boolean) => {
    try {
      return await send(ticket, proof, lost)
    } catch (error) {
      const again = isLost(error) && proofs?.find(shareId, ticket) === proof && client.hasSession()
      if (!again) throw error
      return send(ticket, proof, true)
    }
  }

  const once = async (): Promise<OpenResult> => {
    const ticket = await platform.ticket()
    onTicket?.(ticket)
    if (!ticket) return refused('no-ticket')
    const unanswered = proofs?.find(shareId, ticket)
    const proof = await prove(ticket)
    const answer = await sendTwice(ticket, proof, proof === unanswered)
    if ('peek' in answer) return { outcome: 'asked', peek: answer.peek }
    return ownCard(answer) ?? { outcome: 'opened', opening: answer as Opening }
  }

  const mayLogIn = (error: unknown) =>
    !renewed &&
    (wantsLogin(error) || (isRejection(error) && (proofs?.loginMayHelp(shareId) ?? true)))

  try {
    return await once().catch(async (error: unknown) => {
      if (!mayLogIn(error)) throw error
      await renew()
      return once()
    })
  } catch (error) {
    if (renewed && isRejection(error)) proofs?.rejectedAfterLogin(shareId)
    const own = isDenial(error) ? await reportDenial(options) : null
    return own ?? toRefusal(error)
  }
}

/** The client cannot know whether the BFF handled the request. */
const isLost = (error: unknown) =>
  error instanceof BffUnreachable || (error instanceof BffError && !error.said)

/** The BFF looked at no proof this time: what it did with the same one before, it does not say. */
const isNotWeighed = (error: unknown) =>
  error instanceof BffError && (error.status === 429 || error.status >= 500)

const ownCard = (answer: Opening | OwnCard): OpenResult | null =>
  'owner' in answer ? { outcome: 'owner', cardId: answer.owner.cardId } : null

/**
 * The platform denied the proof, so the client has none. It sends an empty proof, so that the owner's count of refused
 * attempts includes this one. An empty proof opens nothing, but the answer shows whether the caller is the owner: a
 * platform may deny people the card that they sent. The client never sends the data that comes with a denial: the
 * server could not see that the platform denied.
 */
const reportDenial = ({ client, shareId }: OpenCardOptions) =>
  client.openShare(shareId, { encryptedData: '', iv: '' }).then(ownCard, () => null)

const isDenial = (error: unknown) =>
  error instanceof PlatformError && error.fault === 'not-recipient'

const wantsLogin = (error: unknown) =>
  (error instanceof PlatformError && error.fault === 'login') ||
  (error instanceof BffError && error.code === 'ERR_SESSION')

/** Either the person is not a recipient, or the session key rotated. The answer does not distinguish the two. */
const isRejection = (error: unknown) =>
  error instanceof BffError && error.code === 'ERR_PROOF_REJECTED'

const refused = (
  kind: RefusalKind,
  retryAfter: number | null = null,
  requestId: string | null = null,
): OpenResult => ({ outcome: 'refused', refusal: { kind, retryAfter, requestId } })

/** Whatever is not known is refused; it is `unreachable`, because trying again is all that can help. */
const toRefusal = (error: unknown): OpenResult => {
  if (error instanceof PlatformError) {
    switch (error.fault) {
      case 'not-recipient':
        return refused('not-recipient')
      case 'unsupported':
        return refused('unsupported')
      case 'setup':
        return refused('setup')
      default:
        return refused('unreachable')
    }
  }
  if (!(error instanceof BffError)) return refused('unreachable')
  return refused(kindOf(error), error.retryAfter, error.requestId)
}

const kindOf = ({ code, limit }: BffError): RefusalKind => {
  switch (code) {
    case 'ERR_PROOF_REJECTED':
      return 'not-recipient'
    case 'ERR_CARD_REVOKED':
      return 'revoked'
    case 'ERR_CARD_EXPIRED':
      return 'expired'
    case 'ERR_VERIFY_WINDOW_CLOSED':
    case 'ERR_SHARE_WINDOW_CLOSED':
      return 'window-closed'
    case 'ERR_VIEW_LIMIT':
      return limit === 'opens' ? 'opens-used' : limit === 'viewers' ? 'places-taken' : 'view-limit'
    case 'ERR_RATE_LIMITED':
      return 'rate-limited'
    default:
      return 'unreachable'
  }
}
