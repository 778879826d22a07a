import { Injectable } from '@nestjs/common'
import { ApiError } from '../../core/errors/api-error.js'
import { DomainError } from '../../core/errors/domain-error.js'
import { asId } from '../../core/ids.js'
import type { Principal, ServerPrincipal } from '../../http/access/principals.js'
import type { CardEntity } from '../cards/card.entity.js'
import { CardRepository } from '../cards/card.repository.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'

/** A card, its owner, and the openid or userid of the owner. */
export interface OwnedCard {
  readonly card: CardEntity
  readonly owner: Principal
  readonly platformId: string
}

/** In whose place an adopter's server acts. */
@Injectable()
export class OwnedCards {
  constructor(
    private readonly cards: CardRepository,
    private readonly viewers: ViewerRepository,
  ) {}

  /**
   * The server knows its people: a person who never logged in becomes known here.
   * @throws ApiError ERR_FORBIDDEN for a person whom an administrator blocked
   */
  async ownerNamed(server: ServerPrincipal, platformId: string): Promise<Principal> {
    const { id, blocked } = await this.viewers.meet(server.app, platformId)
    if (blocked) throw new ApiError('ERR_FORBIDDEN')
    return inPlaceOf(server, id)
  }

  /**
   * A card of another app, or of an erased person, is like one that does not exist.
   * @throws ApiError ERR_NOT_FOUND
   */
  async find(server: ServerPrincipal, cardId: string): Promise<OwnedCard> {
    const card = await this.cards.find(asId(cardId))
    if (card?.appId !== server.app.id) throw new ApiError('ERR_NOT_FOUND')
    const platformId = await this.viewers.keyOf(card.ownerId)
    if (platformId === null) throw new ApiError('ERR_NOT_FOUND')
    return { card, platformId, owner: inPlaceOf(server, card.ownerId) }
  }
}

const inPlaceOf = ({ app, actor }: ServerPrincipal, viewerId: string): Principal => ({
  sessionId: '',
  kind: 'app',
  expiresAt: 0,
  viewerId,
  app,
  by: actor,
})

/** An owner who was erased a moment ago has no session, and no card. @throws ApiError ERR_NOT_FOUND */
export const unlessErased = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    const erased =
      (error instanceof DomainError || error instanceof ApiError) && error.code === 'ERR_SESSION'
    throw erased ? new ApiError('ERR_NOT_FOUND', { cause: error }) : error
  }
}
