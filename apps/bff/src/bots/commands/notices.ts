import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { chinaTime, DAY } from '../../core/time.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { OwnCards } from '../chat-members/own-cards.js'
import { WORDS } from '../i18n/words.js'
import { NoticeLines } from '../notices/notice-lines.js'
import { MOST_LINES, hasNoticesEnabled } from '../registry/bots.service.js'
import { BotNoticeRepository } from '../storage/bot-notice.repository.js'
import type { CommandContext } from './prepared-command.js'

/** In the transaction that keeps the answer; the lines told in it, and nowhere else. */
type Tell = (manager: EntityManager) => Promise<string[]>

/**
 * What happened to a person's cards since they last heard. A smart bot has no documented way to begin a conversation
 * (a response_url answers one message, once, within an hour), so these wait for the person's next word or visit, unless
 * the bot's app tells them by a message.
 */
@Injectable()
export class Notices {
  constructor(
    private readonly storage: DataSource,
    private readonly cards: OwnCards,
    private readonly notices: BotNoticeRepository,
    private readonly lines: NoticeLines,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One line for each, at most five. */
  async since(asking: CommandContext): Promise<Tell> {
    if (asking.bot.notices.by === 'app-message') return this.#untold(asking)
    const lines = await this.#happened(asking)
    return () => Promise.resolve(lines)
  }

  /** What no message told: none left yet, or the platform took none. From now on none will. */
  async #untold({ bot, person: { viewerId }, language }: CommandContext): Promise<Tell> {
    const notices = await this.notices.untold(bot.id, viewerId)
    const lines = (await this.lines.of(viewerId, language, notices)).slice(0, MOST_LINES)
    return async (manager) => {
      const told: string[] = []
      for (const { notice, text } of lines)
        if (await this.notices.tell(manager, notice)) told.push(text)
      return told
    }
  }

  async #happened({ bot, person, language }: CommandContext): Promise<string[]> {
    const { firstOpening, refusedAttempts, expiringTomorrow } = bot.notices
    if (!hasNoticesEnabled(bot.notices)) return []
    const now = this.clock.now()
    const since = person.notifiedAt ?? now - DAY
    const words = WORDS[language].notices
    const all = await this.cards.latest(person.viewerId)
    const lines: string[] = []
    if (expiringTomorrow) {
      for (const { card, title, status } of all) {
        const { expiresAt } = card
        if (status !== 'active' || expiresAt === null || expiresAt - DAY > now) continue
        // Told once: when its last day had begun by the last time, the owner has heard.
        if (person.notifiedAt === undefined || expiresAt - DAY > since)
          lines.push(words.expiring(title, chinaTime(expiresAt)))
      }
    }
    if (firstOpening) {
      for (const { card, title } of all) {
        if (card.firstOpenedAt !== null && card.firstOpenedAt > since)
          lines.push(words.opened(title, chinaTime(card.firstOpenedAt)))
      }
    }
    if (refusedAttempts) {
      const refused = await this.#refusedSince(
        all.filter(({ card }) => card.refusedCount > 0).map(({ card }) => card.id),
        since,
      )
      for (const { card, title } of all) {
        const times = refused.get(card.id)
        if (times !== undefined) lines.push(words.refused(title, times))
      }
    }
    return lines.slice(0, MOST_LINES)
  }

  async #refusedSince(cardIds: string[], since: number): Promise<Map<string, number>> {
    const times = new Map<string, number>()
    if (cardIds.length === 0) return times
    const rows = await this.storage.manager.find(OpeningEntity, {
      select: { cardId: true },
      where: { cardId: In(cardIds), outcome: In(['refused', 'rejected']), at: MoreThan(since) },
      take: 1000,
    })
    for (const { cardId } of rows)
      if (cardId !== null) times.set(cardId, (times.get(cardId) ?? 0) + 1)
    return times
  }
}
