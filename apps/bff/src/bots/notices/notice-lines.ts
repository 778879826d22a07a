import { Inject, Injectable } from '@nestjs/common'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { clipUtf8 } from '../../core/text.js'
import { chinaTime, DAY } from '../../core/time.js'
import { OwnCards, type OwnCard } from '../chat-members/own-cards.js'
import { WORDS, type Language } from '../i18n/words.js'
import { MOST_LINES } from '../registry/bots.service.js'
import { asText } from '../replies/render.js'
import type { BotNoticeEntity } from '../storage/bot-notice.entity.js'

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
      return still ? words.expiring(title, chinaTime(at)) : undefined
    }
    if (this.clock.now() - at > DAY) return undefined
    return kind === 'opened' ? words.opened(title, chinaTime(at)) : words.refused(title, times)
  }
}

/** 90236: `text.content`. */
const MAX_BYTES = 2048

/**
 * At most five lines of notices, how many more there are, and where to see more. The same notices make the same text: the
 * platform knows a message again by what it says. The time, with its seconds, tells two messages of the same words apart.
 */
export const messageText = (language: Language, lines: readonly NoticeLine[]): string => {
  const { news, more, where } = WORDS[language].notices
  const last = Math.max(...lines.map(({ notice }) => happened(notice)))
  const rest = lines.length - MOST_LINES
  const text = asText({
    language,
    title: news(`${chinaTime(last)}:${seconds(last)}`),
    lines: [
      ...lines.slice(0, MOST_LINES).map(({ text }) => text),
      ...(rest > 0 ? [more(rest)] : []),
      where,
    ],
  })
  return clipUtf8(text, MAX_BYTES)
}

/** A card that will expire has been found to. */
const happened = ({ kind, at, createdAt }: NoticeLine['notice']): number =>
  kind === 'expiring' ? createdAt : at

const seconds = (ms: number): string => String(Math.floor(ms / 1000) % 60).padStart(2, '0')
