import { Injectable } from '@nestjs/common'
import { localTime } from '../../core/time-zone.js'
import { CardChanges, type Extended } from '../../members/cards/card-changes.js'
import type { OwnCard } from '../chat-members/own-cards.js'
import { writeKey } from '../i18n/button-key.js'
import { WORDS } from '../i18n/words.js'
import { pagesOf, type Answer } from '../replies/answer.js'
import { type CommandContext, type PreparedCommand, replyWith } from './prepared-command.js'

const MAX_DAYS = 365

/** Changes to a person's own cards. The transaction checks the owner again. */
@Injectable()
export class ChangeCommands {
  constructor(private readonly changes: CardChanges) {}

  /** Asks by button. The card stays as it is. */
  askRevoke({ bot, language }: CommandContext, { card, title, status }: OwnCard): PreparedCommand {
    const { revoke, buttons } = WORDS[language]
    const page = pagesOf(bot.app).card(card.id)
    if (status === 'revoked') {
      return replyWith({ language, title: revoke.already(title), page })
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
    return replyWith(answer)
  }

  revoke({ bot, person, language }: CommandContext, { card, title }: OwnCard): PreparedCommand {
    const { revoke, which } = WORDS[language]
    const titles = {
      done: revoke.done(title),
      already: revoke.already(title),
      not_found: which.none,
    }
    const page = pagesOf(bot.app).card(card.id)
    const by = { viewerId: person.viewerId, channel: `bot:${bot.id}` }
    return {
      changesRows: true,
      execute: async (tx) => {
        const revoked = await this.changes.revoke(tx, by, card.id)
        return { answer: { language, title: titles[revoked], page } }
      },
    }
  }

  cancelled({ bot, language }: CommandContext): PreparedCommand {
    const page = pagesOf(bot.app).index
    return replyWith({ language, title: WORDS[language].revoke.cancelled, page })
  }

  extend(
    { bot, person, language }: CommandContext,
    { card, title }: OwnCard,
    days: number | undefined,
  ): PreparedCommand {
    if (days === undefined || days < 1 || days > MAX_DAYS) {
      return replyWith({ language, title: WORDS[language].extend.usage })
    }
    const page = pagesOf(bot.app).card(card.id)
    const by = { viewerId: person.viewerId, channel: `bot:${bot.id}` }
    return {
      changesRows: true,
      execute: async (tx) => {
        const extended = await this.changes.extend(tx, by, card.id, days)
        return {
          answer: { language, title: extendedText(extended, title, { bot, language }), page },
        }
      },
    }
  }
}

const extendedText = (
  extended: Extended,
  title: string,
  { bot, language }: Pick<CommandContext, 'bot' | 'language'>,
): string => {
  const { extend, which } = WORDS[language]
  const time = (ms: number) => localTime(ms, bot.app.timeZone)
  switch (extended.outcome) {
    case 'done':
      return extend.done(title, time(extended.expiresAt))
    case 'too_long':
      return extend.tooLong(time(extended.latest))
    case 'not_found':
      return which.none
    case 'changed':
      return extend.changed
    default:
      return extend[extended.outcome](title)
  }
}
