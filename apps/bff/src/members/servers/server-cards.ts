import { Inject, Injectable } from '@nestjs/common'
import type {
  Act,
  Card,
  ChangeServerCard,
  CreateServerCard,
  ServerCard,
  Share,
} from '@sealcard/protocol'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import type { ServerPrincipal } from '../../http/access/principals.js'
import { CardService } from '../cards/card.service.js'
import { CreateCardService } from '../cards/create-card.js'
import { ChangeCardService } from '../own-cards/change-card.js'
import { DeleteCardService } from '../own-cards/delete-card.js'
import { OwnCardView } from '../own-cards/own-card.view.js'
import { ShareService } from '../shares/share.service.js'
import { OwnedCards, unlessErased } from './owned-cards.js'

/** What an adopter's server does with cards, in the place of their owners. It throws what the same call of the owner throws. */
@Injectable()
export class ServerCards {
  constructor(
    private readonly owned: OwnedCards,
    private readonly creation: CreateCardService,
    private readonly cards: CardService,
    private readonly changes: ChangeCardService,
    private readonly deletion: DeleteCardService,
    private readonly shares: ShareService,
    private readonly view: OwnCardView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async create(
    server: ServerPrincipal,
    { owner: platformId, body = '', ...card }: CreateServerCard,
    key: string | undefined,
  ): Promise<ServerCard> {
    const owner = await this.owned.ownerNamed(server, platformId)
    const made = await unlessErased(this.creation.create(owner, { ...card, body }, key))
    return this.#answer(server, made)
  }

  async read(server: ServerPrincipal, cardId: string): Promise<ServerCard> {
    const { card, platformId } = await this.owned.find(server, cardId)
    return { ...(await this.view.of(card, this.clock.now())), owner: platformId }
  }

  async change(
    server: ServerPrincipal,
    cardId: string,
    asked: ChangeServerCard,
  ): Promise<ServerCard> {
    const { owner, card, platformId } = await this.owned.find(server, cardId)
    const changed = await unlessErased(this.changes.change(owner, card.id, asked))
    return { ...changed, owner: platformId }
  }

  async delete(server: ServerPrincipal, cardId: string): Promise<void> {
    const { owner, card } = await this.owned.find(server, cardId)
    await this.deletion.delete(owner, card.id)
  }

  async revoke(server: ServerPrincipal, cardId: string, { reason }: Act): Promise<ServerCard> {
    const { owner, card, platformId } = await this.owned.find(server, cardId)
    return { ...(await this.cards.revoke(owner, card.id, reason)), owner: platformId }
  }

  async share(server: ServerPrincipal, cardId: string, label?: string): Promise<Share> {
    const { owner, card } = await this.owned.find(server, cardId)
    return unlessErased(this.shares.obtain(owner, card.id, label))
  }

  async #answer(server: ServerPrincipal, card: Card): Promise<ServerCard> {
    const { platformId } = await this.owned.find(server, card.id)
    return { ...card, owner: platformId }
  }
}
