import { Get, Injectable, Query } from '@nestjs/common'
import { type AdminRequest, AdminRequestPage, ListAdminRequests } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { wireTime, wireTimeOrNull } from '../../core/time.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'
import { valid } from '../../http/parsing/validation.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { AccessRequestEntity } from '../../members/requests/access-request.entity.js'
import { CardNames, type NamedCard } from './card-names.js'
import { type Branch, filterName, placesAfter, rowsAt, withoutIndex } from './keyset.js'
import { KnownFilters } from './known-filters.js'

/** With both filters the person's index finds fewer rows: a person asks three times a day at most. */
const branchOf = ({ card, viewer }: ListAdminRequests): Branch => {
  if (viewer !== undefined) {
    const where = ['viewer_id = :viewer']
    if (card !== undefined) where.push(withoutIndex('card_id', 'card'))
    return { index: 'ix_access_requests_viewer', where }
  }
  return card === undefined
    ? { index: 'ix_access_requests_order', where: [] }
    : { index: 'ix_access_requests_card', where: ['card_id = :card'] }
}

/** Who asked for access, newest first. */
@Injectable()
export class RequestList {
  constructor(
    private readonly storage: DataSource,
    private readonly cursors: PageCursor,
    private readonly known: KnownFilters,
    private readonly views: ViewerViews,
    private readonly cards: CardNames,
  ) {}

  async page(query: ListAdminRequests): Promise<AdminRequestPage> {
    const { card, viewer, limit, cursor } = query
    await this.known.check({ card, viewer })
    const list = ['admin.requests', filterName({ card, viewer })]
    const places = await placesAfter(
      this.storage,
      { table: 'access_requests', time: 'at' },
      [branchOf(query)],
      { ...(card !== undefined && { card }), ...(viewer !== undefined && { viewer }) },
      await this.cursors.decode(list, cursor),
      limit + 1,
    )
    const { page, nextCursor } = await this.cursors.cut(list, places, limit, (place) => place)
    const rows = await rowsAt(this.storage, AccessRequestEntity, page)
    const cardOf = await this.cards.of(rows.map(({ cardId }) => cardId))
    const items = rows.map((row) =>
      this.#view(row, row.cardId === null ? null : cardOf(row.cardId)),
    )
    return { items: await Promise.all(items), nextCursor }
  }

  async #view(row: AccessRequestEntity, card: NamedCard | null): Promise<AdminRequest> {
    const owner = card?.ownerId ?? null
    return {
      id: row.id,
      at: wireTime(row.at),
      viewer: await this.views.of(row.viewerId),
      card: card && { id: card.id, title: card.title },
      owner: owner === null ? null : await this.views.of(owner),
      share: { id: row.shareId },
      dismissedAt: wireTimeOrNull(row.dismissedAt),
    }
  }
}

@Administrators()
export class RequestListController {
  constructor(private readonly list: RequestList) {}

  @Get('requests')
  @Rule('read')
  @Answers(200, AdminRequestPage)
  @Problems('ERR_INPUT')
  page(
    @Query(valid(ListAdminRequests, 'query')) query: ListAdminRequests,
  ): Promise<AdminRequestPage> {
    return this.list.page(query)
  }
}
