import { Inject, Injectable } from '@nestjs/common'
import type { CardStatus, OpeningStatus } from '@sealcard/protocol'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { CardRepository } from '../cards/card.repository.js'
import { statusOf } from '../cards/card.view.js'
import { ShareRepository } from '../shares/share.repository.js'
import { OpeningRepository } from './opening.repository.js'

/** Whether the opener may still read what they opened. Shows no text of the card, counts nothing, records nothing. */
@Injectable()
export class OpeningStatusService {
  constructor(
    private readonly openings: OpeningRepository,
    private readonly cards: CardRepository,
    private readonly shares: ShareRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND for any caller but the opener, and for an opening that was not granted */
  async of(me: Principal, openingId: string): Promise<OpeningStatus> {
    const opening = await this.openings.find(asId(openingId))
    if (opening?.viewerId !== me.viewerId || opening.outcome !== 'granted') {
      throw new ApiError('ERR_NOT_FOUND')
    }
    const { id, at, cardId, shareId } = opening
    return { id, openedAt: wireTime(at), status: await this.#status(cardId ?? '', shareId ?? '') }
  }

  /** A card or share that is not kept any more is over. */
  async #status(cardId: string, shareId: string): Promise<CardStatus> {
    const card = await this.cards.find(asId(cardId))
    const share = await this.shares.find(asId(shareId))
    const now = this.clock.now()
    if (!card) return 'expired'
    const status = statusOf(card, now)
    return status === 'active' && (!share || now >= share.verifyUntil) ? 'expired' : status
  }
}
