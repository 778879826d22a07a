import { Inject, Injectable } from '@nestjs/common'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { readKey } from '../i18n/button-key.js'
import { WORDS, type Language } from '../i18n/words.js'
import { languageOf } from '../i18n/written-text.js'
import type { Bot } from '../registry/bots.service.js'
import type { Inbound } from '../wire/inbound.js'
import {
  cardReply,
  laterMarkdown,
  type LaterReply,
  type Reply,
  streamReply,
  streamWithCard,
  textReply,
  updateReply,
} from '../wire/reply.js'
import type { Answer } from './answer.js'
import { asCard, asText, asUpdate } from './render.js'

/** Gives an answer the form that the platform takes in each situation (WeCom 101031, 101027, 101138). */
@Injectable()
export class ReplyBuilder {
  constructor(@Inject(RANDOM) private readonly random: Random) {}

  /** The reply to a message or an event. */
  reply(bot: Bot, inbound: Inbound, answer: Answer): Reply {
    if (inbound.kind === 'pressed') return this.#update(bot, inbound, answer)
    const card = asCard(answer, this.#card(bot))
    if (card) return cardReply(card)
    const text = asText(answer)
    return inbound.kind === 'entered' ? textReply(text) : streamReply(this.random.id(), text, true)
  }

  /** The reply while the work continues. @param jobId also the id of the stream */
  progress(bot: Bot, inbound: Inbound, jobId: string): Reply {
    const language = writtenIn(inbound)
    const working = WORDS[language].working(0)
    return inbound.kind === 'pressed'
      ? this.#update(bot, inbound, { language, title: working })
      : streamReply(jobId, working, false)
  }

  /** The reply to a person who enters the chat, when reading takes too long. */
  greeting(): Reply {
    return textReply(WORDS.zh.welcome)
  }

  /** The end of a stream. */
  finish(bot: Bot, streamId: string, answer: Answer): Reply {
    const card = answer.buttons?.length ? asCard(answer, this.#card(bot)) : undefined
    return card
      ? streamWithCard(streamId, asText(answer), card)
      : streamReply(streamId, asText(answer), true)
  }

  /** The message to a response_url. Only single chats get a card. */
  later(bot: Bot, inbound: Inbound, answer: Answer): LaterReply {
    const card =
      answer.buttons?.length && inbound.group === undefined
        ? asCard(answer, this.#card(bot))
        : undefined
    return card ? { msgtype: 'template_card', template_card: card } : laterMarkdown(asText(answer))
  }

  #update(bot: Bot, inbound: Extract<Inbound, { kind: 'pressed' }>, answer: Answer): Reply {
    const card = asUpdate(answer, { taskId: inbound.taskId, appid: bot.miniProgramAppid })
    // In a group the card changes only for the person who pressed it.
    return inbound.group === undefined ? updateReply(card) : updateReply(card, [inbound.userid])
  }

  #card(bot: Bot) {
    return { taskId: this.random.id(), appid: bot.miniProgramAppid }
  }
}

/** The language that the message itself shows; else Chinese. */
export const writtenIn = (inbound: Inbound): Language => {
  if (inbound.kind === 'said') return languageOf(inbound.text) ?? 'zh'
  if (inbound.kind === 'pressed') return readKey(inbound.key)?.language ?? 'zh'
  return 'zh'
}
