import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, IsNull, LessThan, MoreThan } from 'typeorm'
import { GroupedRead } from '../../database/grouped-read.js'
import { integer, nullable, Statements, text } from '../../database/statements.js'
import type { Principal } from '../../http/access/principals.js'
import type { Place } from '../../http/pagination/page-cursor.js'
import { AccessRequestEntity } from './access-request.entity.js'

interface Asked {
  readonly shareId: string
  readonly appId: string
  readonly viewerId: string
}

interface CardRow {
  readonly n: number
  readonly cardId: string | null
}

@Injectable()
export class AccessRequestRepository {
  readonly #cards: GroupedRead<Asked, CardRow>

  constructor(private readonly storage: DataSource) {
    const sql = new Statements(storage)
    // One row for whatever share. Also of no share a card is looked for.
    this.#cards = new GroupedRead(
      sql.read<CardRow>(
        `SELECT given.n, c.id AS "cardId"
        FROM ${sql.given(1, { n: 'int', share_id: 'varchar', app_id: 'varchar', viewer_id: 'varchar' })}
        LEFT JOIN shares AS s ON s.id = given.share_id AND s.app_id = given.app_id
        LEFT JOIN cards AS c ON c.id = COALESCE(s.card_id, '-') AND c.owner_id <> given.viewer_id`,
        { n: integer, cardId: nullable(text) },
      ),
      ({ shareId, appId, viewerId }) => [shareId, appId, viewerId],
    )
  }

  /** The card whose owner reads the request; null: nobody does. */
  async cardOf({ viewerId, app }: Principal, shareId: string): Promise<string | null> {
    const row = await this.#cards.first({ shareId, appId: app.id, viewerId })
    return row?.cardId ?? null
  }

  /** When the person's n-th newest request of those made after that time was made. */
  async nthMade(
    viewerId: string,
    after: number,
    n: number,
    manager: EntityManager = this.storage.manager,
  ): Promise<number | undefined> {
    const [row] = await manager.find(AccessRequestEntity, {
      select: { id: true, at: true },
      where: { viewerId, at: MoreThan(after) },
      order: { at: 'DESC' },
      skip: n - 1,
      take: 1,
    })
    return row?.at
  }

  /** It takes the place of the person's earlier requests for the same share. */
  async insert(manager: EntityManager, request: AccessRequestEntity): Promise<void> {
    const { viewerId, shareId, at } = request
    const earlier = { viewerId, shareId, dismissedAt: IsNull() }
    await manager.update(AccessRequestEntity, earlier, { dismissedAt: at })
    await manager.insert(AccessRequestEntity, request)
  }

  find(id: string): Promise<AccessRequestEntity | null> {
    return this.storage.manager.findOneBy(AccessRequestEntity, { id })
  }

  /** What the owner has not dismissed, newest first. */
  ofCard(cardId: string, after: Place | undefined, take: number): Promise<AccessRequestEntity[]> {
    const shown = { cardId, dismissedAt: IsNull() }
    return this.storage.manager.find(AccessRequestEntity, {
      where: after
        ? [
            { ...shown, at: LessThan(after.at) },
            { ...shown, at: after.at, id: LessThan(after.id) },
          ]
        : shown,
      order: { at: 'DESC', id: 'DESC' },
      take,
    })
  }

  /** @returns whether this call dismissed it */
  async dismiss(manager: EntityManager, id: string, now: number): Promise<boolean> {
    const shown = { id, dismissedAt: IsNull() }
    const { affected } = await manager.update(AccessRequestEntity, shown, { dismissedAt: now })
    return affected === 1
  }
}
