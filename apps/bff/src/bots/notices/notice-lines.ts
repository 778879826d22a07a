import { Inject, Injectable } from '@nestjs/common'
import type { Viewer } from '@sealcard/protocol'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { clipUtf8 } from '../../core/text.js'
import { chinaTime, DAY } from '../../core/time.js'
import { OwnCards, type OwnCard } from '../chat-members/own-cards.js'
import { WORDS, type Language } from '../i18n/words.js'
import { MOST_LINES } from '../registry/bots.service.js'
import { asText } from '../replies/render.js'
import type { BotNoticeEntity } from '../storage/bot-notice.entity.js'
import type { CardEvent } from './card-events.js'
import { FirstReaders } from './first-readers.js'

export interface NoticeLine {
  readonly notice: BotNoticeEntity
  readonly text: string
}

/** Notices in words, about the person's own cards. A line shows a title and who opened it first, never a body. */
@Injectable()
export class NoticeLines {
  constructor(
    private readonly cards: OwnCards,
    private readonly readers: FirstReaders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Leaves out old news: events older than a day, cards that expire at another time, cards of other people. */
  async of(
    viewerId: string,
    language: Language,
    notices: readonly BotNoticeEntity[],
  ): Promise<NoticeLine[]> {
    const ids = notices.map(({ cardId }) => cardId)
    const cards = new Map((await this.cards.byIds(viewerId, ids)).map((own) => [own.card.id, own]))
    const readers = await this.readers.of(notices)
    return notices.flatMap((notice) => {
      const own = cards.get(notice.cardId)
      if (!own || !this.#isNews(own, notice)) return []
      return [{ notice, text: noticeText(language, own.title, notice, readers.get(notice.cardId)) }]
    })
  }

  /** Whether the event is recent, and the card still expires then. */
  #isNews({ card, status }: OwnCard, { kind, at }: BotNoticeEntity): boolean {
    if (kind === 'expiring') return status === 'active' && card.expiresAt === at
    return this.clock.now() - at <= DAY
  }
}

/** A person in one line: the name, if any, and the code. */
const inOneLine = ({ name, code }: Viewer): string =>
  name === undefined ? code : `${name} ${code}`

/** One event of a card in words. @param reader of `opened`: who it was, where the roster still has them */
export const noticeText = (
  language: Language,
  title: string,
  { kind, at, times }: Pick<CardEvent, 'kind' | 'at' | 'times'>,
  reader?: Viewer,
): string => {
  const words = WORDS[language].notices
  if (kind === 'refused') return words.refused(title, times)
  return words[kind](title, chinaTime(at), reader ? inOneLine(reader) : '')
}

/** 90236: `text.content`. */
const MAX_BYTES = 2048

/**
 * At most five lines of notices, how many more there are, and where to see more. The same notices make the same text,
 * because the platform recognises a repeated message by its text. Time and seconds keep two different messages apart.
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

/** Of a card that will expire: when the finder found it. */
const happened = ({ kind, at, createdAt }: NoticeLine['notice']): number =>
  kind === 'expiring' ? createdAt : at

const seconds = (ms: number): string => String(Math.floor(ms / 1000) % 60).padStart(2, '0')
