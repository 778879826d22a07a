import { Injectable } from '@nestjs/common'
import { localTime } from '../../core/time-zone.js'
import { NamePolicy } from '../../members/names/name-policy.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { OpeningRepository } from '../../members/openings/opening.repository.js'
import { MAX_CARDS, OwnCards, type OwnCard } from '../chat-members/own-cards.js'
import { People } from '../chat-members/person.js'
import { WORDS, type Language } from '../i18n/words.js'
import { pagesOf, type Row } from '../replies/answer.js'
import { type CommandContext, type PreparedCommand, replyWith } from './prepared-command.js'

/** Rows of a template card. */
const SHOWN = 6

/** What a person may read in the chat: their own cards' titles, counts and readers. */
@Injectable()
export class ReadCommands {
  constructor(
    private readonly cards: OwnCards,
    private readonly openings: OpeningRepository,
    private readonly people: People,
    private readonly views: ViewerViews,
    private readonly policy: NamePolicy,
  ) {}

  async list({ bot, person, language }: CommandContext): Promise<PreparedCommand> {
    const pages = pagesOf(bot.app)
    const words = WORDS[language]
    const all = await this.cards.latest(person.viewerId)
    if (all.length === 0) {
      const none = { language, title: words.cards.title, lines: [words.cards.none] }
      return replyWith({ ...none, page: pages.index }, { lastList: [] })
    }
    const shown = all.slice(0, SHOWN)
    const total = all.length < MAX_CARDS ? `${all.length}` : `${all.length}+`
    const answer = {
      language,
      title: words.cards.title,
      lines: [words.cards.more(shown.length, total), words.cards.hint],
      rows: shown.map((own, i) => ({ label: `${i + 1}`, value: summary(own, language) })),
      page: pages.index,
      links: shown.map(({ card, title }) => ({ title, page: pages.card(card.id) })),
    }
    return replyWith(answer, { lastList: shown.map(({ card }) => card.id) })
  }

  async who({ bot, language }: CommandContext, { card, title }: OwnCard): Promise<PreparedCommand> {
    const words = WORDS[language].who
    const counts = words.counts(card.viewerCount, card.openCount, card.refusedCount)
    const readers = await this.openings.roster(card.id, undefined, SHOWN)
    const rows = await Promise.all(
      readers.map(async (reader, i): Promise<Row> => {
        const { name, code } = await this.views.of(reader.viewerId)
        // WeCom shows a member's name wherever it gets a userid.
        const userid =
          this.policy.of(bot.app) === 'off'
            ? undefined
            : await this.people.useridOf(reader.viewerId)
        const times = words.times(reader.opens, localTime(reader.lastAt, bot.app.timeZone))
        const value = [...(name === undefined ? [] : [name]), code, times].join('  ')
        return { label: `${i + 1}`, value, ...(userid !== undefined && { userid }) }
      }),
    )
    const more = card.viewerCount - rows.length
    const nobody = rows.length === 0 ? [words.nobody] : []
    const lines = [...nobody, counts, ...(more > 0 ? [words.more(more)] : [])]
    const page = pagesOf(bot.app).card(card.id)
    return replyWith({ language, title: words.title(title), lines, rows, page })
  }

  async stats({ bot, person, language }: CommandContext): Promise<PreparedCommand> {
    const words = WORDS[language].stats
    const all = await this.cards.latest(person.viewerId)
    const sum = (of: (own: OwnCard) => number): string =>
      String(all.reduce((total, own) => total + of(own), 0))
    return replyWith({
      language,
      title: words.title,
      lines: all.length < MAX_CARDS ? [] : [words.some(all.length)],
      rows: [
        { label: words.cards, value: String(all.length) },
        { label: words.active, value: sum(({ status }) => (status === 'active' ? 1 : 0)) },
        { label: words.readers, value: sum(({ card }) => card.viewerCount) },
        { label: words.openings, value: sum(({ card }) => card.openCount) },
        { label: words.refused, value: sum(({ card }) => card.refusedCount) },
      ],
      page: pagesOf(bot.app).index,
    })
  }
}

const summary = ({ card, title, status }: OwnCard, language: Language): string => {
  const words = WORDS[language]
  return `${title} · ${words.status[status]} · ${words.viewers(card.viewerCount)}`
}
