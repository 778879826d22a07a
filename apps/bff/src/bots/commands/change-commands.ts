import { Injectable } from '@nestjs/common'
import { chinaTime } from '../../core/time.js'
import { CardChanges, type Extended } from '../../members/cards/card-changes.js'
import type { OwnCard } from '../chat-members/own-cards.js'
import { writeKey } from '../i18n/command.js'
import { WORDS, type Language } from '../i18n/words.js'
import { PAGES, type Answer } from '../replies/answer.js'
import { type CommandContext, replyWith, type CommandEffect } from './prepared-command.js'

const MAX_DAYS = 365

/** What a person may change from the chat: their own cards, and nothing that the transaction does not find to be theirs. */
@Injectable()
export class ChangeCommands {
  constructor(private readonly changes: CardChanges) {}

  /** Asks once, by button; nothing happens yet. */
  askRevoke({ language }: CommandContext, { card, title, status }: OwnCard): CommandEffect {
    const { revoke, buttons } = WORDS[language]
    const page = PAGES.card(card.id)
    if (status === 'revoked') {
      return replyWith({ answer: { language, title: revoke.already(title), page } })
    }
    const answer: Answer = {
      language,
      title: revoke.ask(title),
      lines: [revoke.explain],
      buttons: [
        {
          text: buttons.confirmRevoke,
          key: writeKey(language, { name: 'confirm', cardId: card.id }),
          style: 3,
        },
        { text: buttons.cancel, key: writeKey(language, { name: 'cancel' }), style: 2 },
      ],
      page,
    }
    return replyWith({ answer })
  }

  revoke({ bot, person, language }: CommandContext, { card, title }: OwnCard): CommandEffect {
    const { revoke, which } = WORDS[language]
    return async (tx) => {
      const by = { viewerId: person.viewerId, channel: `bot:${bot.id}` }
      const outcome = await this.changes.revoke(tx, by, card.id)
      const titles = {
        done: revoke.done(title),
        already: revoke.already(title),
        not_found: which.none,
      }
      return { answer: { language, title: titles[outcome], page: PAGES.card(card.id) } }
    }
  }

  cancelled({ language }: CommandContext): CommandEffect {
    return replyWith({
      answer: { language, title: WORDS[language].revoke.cancelled, page: PAGES.index },
    })
  }

  extend(
    { bot, person, language }: CommandContext,
    { card, title }: OwnCard,
    days: number | undefined,
  ): CommandEffect {
    const page = PAGES.card(card.id)
    if (days === undefined || days < 1 || days > MAX_DAYS) return usage(language)
    return async (tx) => {
      const by = { viewerId: person.viewerId, channel: `bot:${bot.id}` }
      const extended = await this.changes.extend(tx, by, card.id, days)
      return { answer: { language, title: extendedText(extended, title, language), page } }
    }
  }
}

/** How the command is written. */
export const usage = (language: Language): CommandEffect =>
  replyWith({ answer: { language, title: WORDS[language].extend.usage } })

const extendedText = (extended: Extended, title: string, language: Language): string => {
  const { extend, which } = WORDS[language]
  switch (extended.outcome) {
    case 'done':
      return extend.done(title, chinaTime(extended.expiresAt))
    case 'too_long':
      return extend.tooLong(chinaTime(extended.latest))
    case 'not_found':
      return which.none
    case 'changed':
      return extend.changed
    default:
      return extend[extended.outcome](title)
  }
}
