import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, In } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY } from '../../core/time.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { Bots, type Bot } from '../registry/bots.service.js'
import { type BotNoticeCursorEntity, BotNoticeCursors } from '../storage/bot-notice-cursors.js'
import { BotNoticeRepository } from '../storage/bot-notice.repository.js'

/**
 * An opening has the time at which its transaction began, and commits later, on another process's clock: one is looked at
 * when no earlier one is still to come.
 */
export const SETTLED_MS = 30_000
/**
 * What any two clocks may differ by. A cursor further ahead than that is brought back, or nothing would be told until it is
 * that late; what happened by that clock may then be told once more. One that is less ahead is not: a process whose clock
 * is behind would have the others tell the same again and again.
 */
const APART_MS = DAY
const PAGE = 500
/** In one look, so that a backlog keeps nothing else waiting. */
const PAGES = 20

type Opened = Pick<OpeningEntity, 'id' | 'at' | 'cardId' | 'outcome'>
type OfCard = Pick<CardEntity, 'id' | 'ownerId' | 'appId' | 'firstOpenedAt'>
type Row = { readonly id: string }

/**
 * Finds what happened to cards, once. It reads along two indexes that are there anyway, from where the last look ended,
 * rather than being told by whoever decides openings: an opening costs the same with notices and without, and how long a
 * refusal takes says nothing of the card. A look costs as much as there was since the last one, however many rows exist.
 */
@Injectable()
export class NoticeFinder {
  constructor(
    private readonly storage: DataSource,
    private readonly bots: Bots,
    private readonly cursors: BotNoticeCursors,
    private readonly notices: BotNoticeRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async look(): Promise<void> {
    const byApp = new Map(this.bots.sending().map((bot) => [bot.app.id, bot]))
    const told = [...byApp.values()].map(({ notices }) => notices)
    if (told.some(({ firstOpening, refusedAttempts }) => firstOpening || refusedAttempts))
      await this.#pages(() => this.#openings(byApp))
    if (told.some(({ expiringTomorrow }) => expiringTomorrow))
      await this.#pages(() => this.#expiries(byApp))
  }

  /** @param page whether there is more */
  async #pages(page: () => Promise<boolean>): Promise<void> {
    for (let n = 0; n < PAGES && (await page()); n++);
  }

  /** What was before this began is not told; what is older than a day is not any more. */
  async #openings(byApp: ReadonlyMap<string, Bot>): Promise<boolean> {
    const now = this.clock.now()
    const cursor = await this.cursors.read('openings', now - SETTLED_MS, now + APART_MS)
    const rows = await this.#after(cursor, Math.max(cursor.at, now - DAY), now - SETTLED_MS)
    // Outside the transaction, in which nobody else may write.
    const cards = await this.#ofCards(rows, byApp)
    return this.#take(cursor, rows, async (manager) => {
      for (const [card, openings] of cards) {
        const bot = byApp.get(card.appId)
        if (bot) await this.#tell(manager, bot, card, openings)
      }
    })
  }

  #after({ at, lastId }: BotNoticeCursorEntity, since: number, until: number): Promise<Opened[]> {
    return this.storage.manager
      .createQueryBuilder(OpeningEntity, 'o')
      .select(['o.id', 'o.at', 'o.cardId', 'o.outcome'])
      .where('o.at >= :since AND o.at <= :until', { since, until })
      .andWhere('(o.at > :at OR o.id > :lastId)', { at, lastId })
      .orderBy({ 'o.at': 'ASC', 'o.id': 'ASC' })
      .limit(PAGE)
      .getMany()
  }

  async #ofCards(
    rows: readonly Opened[],
    byApp: ReadonlyMap<string, Bot>,
  ): Promise<Map<OfCard, Opened[]>> {
    const byCard = new Map<string, Opened[]>()
    for (const row of rows)
      if (row.cardId !== null) byCard.set(row.cardId, [...(byCard.get(row.cardId) ?? []), row])
    const appId = In([...byApp.keys()])
    const cards = await this.storage.manager.find(CardEntity, {
      select: { id: true, ownerId: true, appId: true, firstOpenedAt: true },
      where: { id: In([...byCard.keys()]), appId },
    })
    return new Map(cards.map((card) => [card, byCard.get(card.id) ?? []]))
  }

  async #tell(
    manager: EntityManager,
    { id: botId, notices }: Bot,
    card: OfCard,
    openings: readonly Opened[],
  ): Promise<void> {
    const about = { botId, viewerId: card.ownerId, cardId: card.id }
    const { firstOpenedAt } = card
    const first = openings.some(({ outcome, at }) => outcome === 'granted' && at === firstOpenedAt)
    if (notices.firstOpening && first && firstOpenedAt !== null) {
      await this.notices.add(manager, { ...about, kind: 'opened', at: firstOpenedAt, times: 1 })
    }
    const refused = openings.filter(({ outcome }) => outcome !== 'granted')
    if (notices.refusedAttempts && refused[0]) {
      const { at } = refused[0]
      await this.notices.gather(manager, { ...about, kind: 'refused', at, times: refused.length })
    }
  }

  /** A card that was made within its last day is not told of: its owner has just said when it ends. */
  async #expiries(byApp: ReadonlyMap<string, Bot>): Promise<boolean> {
    const now = this.clock.now()
    const cursor = await this.cursors.read('expiries', now, now + DAY + APART_MS)
    const { at, lastId } = cursor
    const rows = await this.storage.manager
      .createQueryBuilder(CardEntity, 'c')
      .select(['c.id', 'c.ownerId', 'c.appId', 'c.createdAt', 'c.expiresAt', 'c.revokedAt'])
      .where('c.expiresAt >= :since AND c.expiresAt <= :until', {
        since: Math.max(at, now),
        until: now + DAY,
      })
      .andWhere('(c.expiresAt > :at OR c.id > :lastId)', { at, lastId })
      .orderBy({ 'c.expiresAt': 'ASC', 'c.id': 'ASC' })
      .limit(PAGE)
      .getMany()
    const ends = rows.flatMap(({ expiresAt, ...card }) =>
      expiresAt === null ? [] : [{ ...card, at: expiresAt }],
    )
    return this.#take(cursor, ends, async (manager) => {
      for (const { id: cardId, ownerId: viewerId, appId, createdAt, revokedAt, at } of ends) {
        const bot = byApp.get(appId)
        if (!bot?.notices.expiringTomorrow || revokedAt !== null || createdAt > at - DAY) continue
        const about = { botId: bot.id, viewerId, cardId }
        await this.notices.add(manager, { ...about, kind: 'expiring', at, times: 1 })
      }
    })
  }

  /** The cursor and what was found move on together. @returns whether there is more */
  async #take(
    cursor: BotNoticeCursorEntity,
    rows: readonly (Row & { at: number })[],
    keep: (manager: EntityManager) => Promise<void>,
  ): Promise<boolean> {
    const last = rows.at(-1)
    if (!last) return false
    const won = await this.storage.transaction(async (manager) => {
      const to = { at: last.at, lastId: last.id }
      if (!(await this.cursors.move(manager, cursor, to))) return false
      await keep(manager)
      return true
    })
    return won && rows.length === PAGE
  }
}
