import { Injectable } from '@nestjs/common'
import type {
  ListOpenings,
  ServerOpening,
  ServerViewer,
  ServerViewerOpeningsPage,
  Viewer,
} from '@sealcard/protocol'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { wireTime } from '../../core/time.js'
import type { ServerPrincipal } from '../../http/access/principals.js'
import { CardContent } from '../cards/card-content.js'
import { CardRepository } from '../cards/card.repository.js'
import { ViewerViews } from '../names/viewer-views.js'
import { OpeningRepository } from '../openings/opening.repository.js'
import { RosterService } from '../openings/roster.service.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { OwnedCards } from './owned-cards.js'

/** Who opened cards, for the server of their app: with the openid or userid, which no other answer has. */
@Injectable()
export class ServerOpenings {
  constructor(
    private readonly owned: OwnedCards,
    private readonly openings: OpeningRepository,
    private readonly cards: CardRepository,
    private readonly content: CardContent,
    private readonly rosters: RosterService,
    private readonly viewers: ViewerRepository,
    private readonly views: ViewerViews,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND for an opening of another app, that was not granted, and that is not there */
  async find({ app }: ServerPrincipal, openingId: string): Promise<ServerOpening> {
    const opening = await this.openings.find(asId(openingId))
    if (opening?.outcome !== 'granted' || opening.cardId === null || opening.shareId === null)
      throw new ApiError('ERR_NOT_FOUND')
    const { id, at, cardId, shareId, viewerId } = opening
    const card = await this.cards.find(cardId)
    if (card?.appId !== app.id) throw new ApiError('ERR_NOT_FOUND')
    const reference = this.content.reference(card)
    const platformIds = await this.viewers.keysOf([viewerId])
    return {
      id,
      at: wireTime(at),
      outcome: 'granted',
      cardId,
      ...(reference !== null && { reference }),
      shareId,
      viewer: withPlatformId(await this.views.of(viewerId), platformIds),
    }
  }

  /** @throws ApiError ERR_NOT_FOUND */
  async roster(
    server: ServerPrincipal,
    cardId: string,
    query: ListOpenings,
  ): Promise<ServerViewerOpeningsPage> {
    const { card } = await this.owned.find(server, cardId)
    const { items, nextCursor } = await this.rosters.ofCard(card.id, query)
    const platformIds = await this.viewers.keysOf(items.map(({ viewer }) => viewer.id))
    return {
      items: items.map((item) => ({ ...item, viewer: withPlatformId(item.viewer, platformIds) })),
      nextCursor,
    }
  }
}

const withPlatformId = (viewer: Viewer, platformIds: ReadonlyMap<string, string>): ServerViewer => {
  const platformId = platformIds.get(viewer.id)
  return { ...viewer, ...(platformId !== undefined && { platformId }) }
}
