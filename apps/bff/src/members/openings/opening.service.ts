import { Inject, Injectable } from '@nestjs/common'
import type { CreateOpening, NotOpened, Opening, Peeked, Viewer } from '@sealcard/protocol'
import { CONFIG, type Config } from '../../core/config/config.js'
import { ApiError } from '../../core/errors/api-error.js'
import { unlikeCode } from '../../core/person-name.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { localTime } from '../../core/time-zone.js'
import { MINUTE, wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { FixedWindow } from '../../http/limits/fixed-window.js'
import { limited } from '../../http/limits/person-limits.js'
import { Metrics } from '../../observability/metrics.js'
import { ViewerViews } from '../names/viewer-views.js'
import { Receipts } from '../receipts/receipts.js'
import type { OpeningResult, Reading } from './group-judgement.js'
import { OpeningJudge } from './opening-judge.js'
import { ProofVerifier } from './proof-verifier.js'

/**
 * The text that is tiled over the card: the reader's name, if any, their code, and the local time. The owner's roster has
 * the same code. A name cannot show another person's code. @param openedAt milliseconds UTC
 */
export const watermarkOf = (
  { name, code }: Pick<Viewer, 'name' | 'code'>,
  openedAt: number,
  timeZone?: string,
): string =>
  [...(name === undefined ? [] : [unlikeCode(name)]), code, localTime(openedAt, timeZone)].join(' ')

/**
 * The reason that the metrics may show. A reader who saw why an unproven opening was refused could forge a proof bit by
 * bit: that reason is in the audit only.
 */
const publicReason = (verdict: OpeningResult): string =>
  verdict.kind === 'refused' && verdict.code !== 'ERR_PROOF_REJECTED' ? verdict.reason : ''

const wireReading = ({ until, ...rest }: Reading) => ({ expiresAt: wireTime(until), ...rest })

const peekOf = (
  { card, title, reading }: OpeningResult & { kind: 'peeked' },
  sender: Viewer,
): Peeked['peek'] => {
  const { requireAcknowledgement = false, watermark = false, guardCapture = false } = card.policy
  return {
    title,
    sender,
    ...wireReading(reading),
    requireAcknowledgement,
    watermark,
    guardCapture,
  }
}

@Injectable()
export class OpeningService {
  /** A peek that is answered makes no row to count: each process counts those that are asked. */
  readonly #peeks: FixedWindow

  constructor(
    private readonly evidence: ProofVerifier,
    private readonly judgement: OpeningJudge,
    private readonly views: ViewerViews,
    private readonly receipts: Receipts,
    private readonly metrics: Metrics,
    @Inject(CLOCK) clock: Clock,
    @Inject(CONFIG) { limits }: Pick<Config, 'limits'>,
  ) {
    this.#peeks = new FixedWindow(clock, limits.openingsPerPersonPerMinute, MINUTE)
  }

  /**
   * Opens a card for a proven recipient; with `peek` it only says what they would open. The card's owner learns that it
   * is their own, whatever the proof holds.
   * @throws ApiError ERR_PROOF_REJECTED for every cause before that proof; then the truth; ERR_RATE_LIMITED
   */
  async open(me: Principal, shareId: string, proof: CreateOpening): Promise<Opening | NotOpened> {
    const isPeek = proof.peek === true
    const wait = isPeek ? this.#peeks.take(me.viewerId) : 0
    if (wait > 0) throw limited(wait)
    const evidence = await this.evidence.verify(me, shareId, proof)
    // What the answer needs is read before anything is counted: an answer that fails then has used nothing up. A refusal
    // waits for the same reads as a grant. It opens no name: where there is no such share, there is no sender's name to open.
    const [sender, reader] = await Promise.all([
      this.views.read(evidence.ownerId),
      this.views.read(me.viewerId),
    ])
    const verdict = await this.judgement.judge({ me, evidence, peek: isPeek })
    this.metrics.decided(verdict.kind, publicReason(verdict))
    const answer = answerOf(me, verdict, { sender, reader })
    if (verdict.kind !== 'granted') return answer
    const { opening, card, content } = verdict
    const { reference } = content
    // The opening is committed. Without a reference nothing is awaited here: a grant leaves as soon as a refusal.
    if (reference === undefined) return answer
    const receipt = await this.receipts.of(me, { opening, cardId: card.id, reference })
    return { ...answer, receipt }
  }
}

/** @throws ApiError for a refusal */
const answerOf = (
  me: Principal,
  verdict: OpeningResult,
  { sender, reader }: { readonly sender: () => Viewer; readonly reader: () => Viewer },
): Opening | NotOpened => {
  if (verdict.kind === 'refused')
    throw new ApiError(verdict.code, { ...(verdict.limit && { limit: verdict.limit }) })
  if (verdict.kind === 'limited') {
    throw new ApiError('ERR_RATE_LIMITED', { retryAfter: verdict.retryAfter })
  }
  if (verdict.kind === 'own') return { owner: { cardId: verdict.cardId } }
  if (verdict.kind === 'peeked') return { peek: peekOf(verdict, sender()) }
  const { opening, card, content, reading } = verdict
  const { title, body, reference, data } = content
  return {
    id: opening.id,
    openedAt: wireTime(opening.at),
    card: {
      id: card.id,
      title,
      body,
      policy: card.policy,
      ...(reference !== undefined && { reference, ...(data !== undefined && { data }) }),
    },
    sender: sender(),
    ...wireReading(reading),
    ...(card.policy.watermark && {
      watermark: watermarkOf(reader(), opening.at, me.app.timeZone),
    }),
  }
}
