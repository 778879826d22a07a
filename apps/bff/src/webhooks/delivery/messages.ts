import { Injectable } from '@nestjs/common'
import type { WebhookData, WebhookMessage } from '@sealcard/protocol'
import { DataSource, In } from 'typeorm'
import { wireTime } from '../../core/time.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { AccessRequestEntity } from '../../members/requests/access-request.entity.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import type { WebhookDeliveryEntity } from '../storage/delivery.entity.js'

type Person = NonNullable<WebhookData['viewer']>

/**
 * What a message says. The queue holds only ids of ours. The people's platform ids are read when a message is sent.
 * So no message names a person who was erased before.
 */
@Injectable()
export class WebhookMessages {
  constructor(
    private readonly storage: DataSource,
    private readonly viewers: ViewerRepository,
    private readonly content: CardContent,
  ) {}

  async of({ type, at, ...row }: WebhookDeliveryEntity): Promise<WebhookMessage> {
    const card = row.cardId === null ? null : await this.#card(row.cardId)
    const reference = card && this.content.reference(card)
    const viewerId = row.viewerId ?? (await this.#asker(row.ids.requestId))
    const people = await this.#people([card?.ownerId, viewerId])
    const owner = people.get(card?.ownerId ?? '')
    // Only our id is left of an erased person. No row has it.
    const viewer =
      type === 'person.erased' && viewerId !== null ? { id: viewerId } : people.get(viewerId ?? '')
    return {
      type,
      timestamp: wireTime(at),
      data: {
        app: row.appId,
        ...(row.cardId !== null && { cardId: row.cardId }),
        ...(reference !== null && { reference }),
        ...(owner && { owner }),
        ...row.ids,
        ...(viewer && { viewer }),
      },
    }
  }

  async #asker(requestId: string | undefined): Promise<string | null> {
    if (requestId === undefined) return null
    const request = await this.storage.manager.findOneBy(AccessRequestEntity, { id: requestId })
    return request?.viewerId ?? null
  }

  #card(id: string): Promise<CardEntity | null> {
    return this.storage.manager.findOneBy(CardEntity, { id })
  }

  async #people(ids: readonly (string | null | undefined)[]): Promise<Map<string, Person>> {
    const known = ids.filter((id) => typeof id === 'string')
    const rows = await this.storage.manager.findBy(ViewerEntity, { id: In(known) })
    return new Map(
      rows.map(({ id, sealedKey }) => [
        id,
        { id, platformId: this.viewers.unsealed(id, sealedKey) },
      ]),
    )
  }
}
