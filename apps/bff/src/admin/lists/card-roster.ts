import { Get, Param, Query } from '@nestjs/common'
import { ListOpenings, ViewerOpeningsPage } from '@sealcard/protocol'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { CardRepository } from '../../members/cards/card.repository.js'
import { RosterService } from '../../members/openings/roster.service.js'

/** Who read a card, as its owner sees it. */
@Administrators()
export class CardRosterController {
  constructor(
    private readonly cards: CardRepository,
    private readonly roster: RosterService,
  ) {}

  @Get('cards/:cardId/roster')
  @Rule('read')
  @Answers(200, ViewerOpeningsPage)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  async page(
    @Param('cardId') cardId: string,
    @Query(valid(ListOpenings, 'query')) query: ListOpenings,
  ): Promise<ViewerOpeningsPage> {
    const card = await this.cards.find(asId(cardId))
    if (!card) throw new ApiError('ERR_NOT_FOUND')
    return this.roster.ofCard(card.id, query)
  }
}
