import { Inject, Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY } from '../../core/time.js'
import { NoticeChoices } from '../../members/notices/my-notices.js'
import { OwnCards } from '../chat-members/own-cards.js'
import type { Person } from '../chat-members/person.js'
import type { Language } from '../i18n/words.js'
import { type Bot, hasNoticesEnabled, MOST_LINES } from '../registry/bots.service.js'
import { BotNoticeRepository } from '../storage/bot-notice.repository.js'
import { CardEvents } from './card-events.js'
import { inOneLine, isWanted, NoticeLines, noticeText } from './notice-lines.js'
import { NoticePeople } from './notice-people.js'

/** Notices that were read outside the transaction. `take` marks them as shown, inside the transaction of the answer. */
export interface PreparedNotices {
  /** Whether `take` changes rows. */
  readonly changesRows: boolean
  /** @returns the lines that only this answer shows */
  take(manager: EntityManager): Promise<string[]>
}

/** A person in a single chat. */
interface Listener {
  readonly bot: Bot
  readonly person: Person
  readonly language: Language
}

/**
 * Notices in an answer, at most five lines. A smart bot has no documented way to begin a conversation: a response_url
 * answers one message, once, within an hour. So notices wait for the person's next message, unless the bot's app sends them.
 */
@Injectable()
export class ConversationNotices {
  constructor(
    private readonly cards: OwnCards,
    private readonly events: CardEvents,
    private readonly notices: BotNoticeRepository,
    private readonly lines: NoticeLines,
    private readonly people: NoticePeople,
    private readonly choices: NoticeChoices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async prepare(listener: Listener): Promise<PreparedNotices> {
    if (listener.bot.notices.by === 'app-message') return this.#unsent(listener)
    const lines = await this.#sinceLastTime(listener)
    return { changesRows: false, take: () => Promise.resolve(lines) }
  }

  /** Notices that no message carried: none has left yet, or the platform refused it. No message carries them later. */
  async #unsent({ bot, person, language }: Listener): Promise<PreparedNotices> {
    const { viewerId } = person
    const notices = await this.notices.unsent(bot.id, viewerId)
    const reader = { bot, viewerId, language }
    const lines = (await this.lines.of(reader, notices)).slice(0, MOST_LINES)
    return {
      changesRows: lines.length > 0,
      take: async (manager) => {
        const taken: string[] = []
        for (const { notice, text } of lines)
          if (await this.notices.markShown(manager, notice)) taken.push(text)
        return taken
      },
    }
  }

  async #sinceLastTime({ bot, person, language }: Listener): Promise<string[]> {
    if (!hasNoticesEnabled(bot.notices)) return []
    const now = this.clock.now()
    const since = person.notifiedAt ?? now - DAY
    const cards = await this.cards.latest(person.viewerId)
    const titles = new Map(cards.map(({ card, title }) => [card.id, title]))
    const events = await this.events.ofCards(cards, bot.notices, { since, now })
    const off = await this.choices.offOf(person.viewerId)
    const shown = events.filter(({ kind }) => isWanted(off, kind)).slice(0, MOST_LINES)
    const personOf = await this.people.of(shown)
    return shown.map((event) => {
      const who = personOf(event)
      const title = titles.get(event.cardId) ?? ''
      return noticeText({ bot, language }, title, event, who ? inOneLine(who) : '')
    })
  }
}
