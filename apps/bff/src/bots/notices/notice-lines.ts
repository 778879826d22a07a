import { Inject, Injectable } from '@nestjs/common'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { OwnCards, type OwnCard } from '../chat-members/own-cards.js'
import { chatTime } from '../i18n/chat-text.js'
import { WORDS, type Language } from '../i18n/words.js'
import type { BotNoticeEntity } from '../storage/bot-notice.entity.js'

const DAY = 86_400_000

export interface NoticeLine {
  readonly notice: BotNoticeEntity
  readonly text: string
}

/** Notices in words: of the person's own cards, with a title and never a body. */
@Injectable()
export class NoticeLines {
  constructor(
    private readonly cards: OwnCards,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Without what is no news any more: older than a day, of a card that does not expire then, or is not theirs. */
  async of(
    viewerId: string,
    language: Language,
    notices: readonly BotNoticeEntity[],
  ): Promise<NoticeLine[]> {
    const ids = notices.map(({ cardId }) => cardId)
    const cards = new Map((await this.cards.byIds(viewerId, ids)).map((own) => [own.card.id, own]))
    return notices.flatMap((notice) => {
      const own = cards.get(notice.cardId)
      const text = own && this.#text(own, language, notice)
      return text === undefined ? [] : [{ notice, text }]
    })
  }

  #text(
    { card, title, status }: OwnCard,
    language: Language,
    { kind, at, times }: BotNoticeEntity,
  ): string | undefined {
    const words = WORDS[language].notices
    if (kind === 'expiring') {
      const still = status === 'active' && card.expiresAt === at
      return still ? words.expiring(title, chatTime(at)) : undefined
    }
    if (this.clock.now() - at > DAY) return undefined
    return kind === 'opened' ? words.opened(title, chatTime(at)) : words.refused(title, times)
  }
}
