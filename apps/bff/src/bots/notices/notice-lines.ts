import { Inject, Injectable } from '@nestjs/common'
import type { NoticeKind, Viewer } from '@sealcard/protocol'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { localTime } from '../../core/time-zone.js'
import { DAY } from '../../core/time.js'
import { NoticeChoices } from '../../members/notices/my-notices.js'
import { OwnCards, type OwnCard } from '../chat-members/own-cards.js'
import { WORDS, type Language } from '../i18n/words.js'
import type { Bot } from '../registry/bots.service.js'
import type { CardEventKind } from '../registry/card-event-kind.js'
import type { BotNoticeEntity } from '../storage/bot-notice.entity.js'
import type { CardEvent } from './card-events.js'
import { NoticePeople } from './notice-people.js'

export interface NoticeLine {
  readonly notice: BotNoticeEntity
  /** Of the card. */
  readonly title: string
  /** The person in one line; empty: nobody, or not known any more. */
  readonly who: string
  readonly text: string
}

/** To whom notices are told. */
export interface NoticeReader {
  readonly bot: Bot
  readonly viewerId: string
  readonly language: Language
}

const CHOICES: Readonly<Record<CardEventKind, NoticeKind>> = {
  opened: 'opened',
  readers: 'opened',
  asked: 'requested',
  late: 'refused',
  refused: 'refused',
  expiring: 'expiring',
}

/** Whether the person did not switch it off. */
export const isWanted = (off: ReadonlySet<NoticeKind>, kind: CardEventKind): boolean =>
  !off.has(CHOICES[kind])

/** Notices in words, about the person's own cards. A line shows a title and who opened it or asked, never a body. */
@Injectable()
export class NoticeLines {
  constructor(
    private readonly cards: OwnCards,
    private readonly people: NoticePeople,
    private readonly choices: NoticeChoices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Leaves out old news: events older than a day, cards that expire at another time, cards of other people. Leaves out what
   * the person switched off.
   */
  async of(reader: NoticeReader, notices: readonly BotNoticeEntity[]): Promise<NoticeLine[]> {
    const { bot, viewerId, language } = reader
    const off = await this.choices.offOf(viewerId)
    const wanted = notices.filter(({ kind }) => isWanted(off, kind))
    const ids = wanted.map(({ cardId }) => cardId)
    const cards = new Map((await this.cards.byIds(viewerId, ids)).map((own) => [own.card.id, own]))
    const personOf = await this.people.of(wanted)
    return wanted.flatMap((notice) => {
      const own = cards.get(notice.cardId)
      if (!own || !this.#isNews(own, notice)) return []
      const person = personOf(notice)
      const who = person ? inOneLine(person) : ''
      const text = noticeText({ bot, language }, own.title, notice, who)
      return [{ notice, title: own.title, who, text }]
    })
  }

  /** Whether the event is recent, and the card still expires then. */
  #isNews({ card, status }: OwnCard, { kind, at }: BotNoticeEntity): boolean {
    if (kind === 'expiring') return status === 'active' && card.expiresAt === at
    return this.clock.now() - at <= DAY
  }
}

/** A person in one line: the name, if any, and the code. */
export const inOneLine = ({ name, code }: Viewer): string =>
  name === undefined ? code : `${name} ${code}`

/** One event of a card in words. @param who of the first one; empty where the roster does not have them any more */
export const noticeText = (
  { bot, language }: Pick<NoticeReader, 'bot' | 'language'>,
  title: string,
  { kind, at, times }: Pick<CardEvent, 'kind' | 'at' | 'times'>,
  who: string,
): string => {
  const words = WORDS[language].notices
  if (kind === 'refused') return words.refused(title, times)
  if (kind === 'readers' || kind === 'asked' || kind === 'late')
    return words[kind](title, who, times)
  return words[kind](title, localTime(at, bot.app.timeZone), who)
}
