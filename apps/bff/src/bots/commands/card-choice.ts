import { Injectable } from '@nestjs/common'
import { OwnCards, type OwnCard } from '../chat-members/own-cards.js'
import { writeKey } from '../i18n/button-key.js'
import { WORDS } from '../i18n/words.js'
import { pagesOf, type Answer, type Button } from '../replies/answer.js'
import type { CommandRequest } from './parse.js'
import type { CommandContext } from './prepared-command.js'

/** Buttons of a template card. */
const MAX_BUTTONS = 6

/** Finds the card that a request means, among the person's own. Another person's card is the same as none. */
@Injectable()
export class CardChoice {
  constructor(private readonly cards: OwnCards) {}

  /** @returns the one card, or the answer that asks which one */
  async choose(
    context: CommandContext,
    request: CommandRequest,
  ): Promise<{ readonly own: OwnCard } | { readonly ask: Answer }> {
    const { person, language } = context
    const { which } = WORDS[language]
    if (request.cardId !== undefined) {
      const own = await this.cards.byId(person.viewerId, request.cardId)
      return own ? { own } : { ask: { language, title: which.none } }
    }
    const { card: words = '' } = request
    if (words === '') return { ask: { language, title: which.missing } }
    const found = await this.cards.find(person.viewerId, words, person.lastList)
    const [own] = found
    if (!own) return { ask: await this.#nearest(context, request, words) }
    if (found.length === 1) return { own }
    const lines = found.length > MAX_BUTTONS ? [which.tooMany(found.length)] : []
    return { ask: oneButtonEach(context, request, found, { title: which.title, lines }) }
  }

  async #nearest(context: CommandContext, request: CommandRequest, words: string): Promise<Answer> {
    const { bot, person, language } = context
    const { which, buttons } = WORDS[language]
    const near = await this.cards.nearest(person.viewerId, words)
    if (near.length > 0) {
      // The lines name them too: a stream and a markdown message have no buttons.
      const lines = near.map(({ title }) => which.near(title))
      return oneButtonEach(context, request, near, { title: which.none, lines })
    }
    const key = writeKey(language, { name: 'cards' })
    const list: Button = { text: buttons.cards, key, style: 1 }
    const page = pagesOf(bot.app).index
    return { language, title: which.none, lines: [which.list], buttons: [list], page }
  }
}

/** A question with a button for each card; the button asks for the same command again. */
const oneButtonEach = (
  { bot, language }: CommandContext,
  { name, days }: CommandRequest,
  cards: readonly OwnCard[],
  question: Pick<Answer, 'title' | 'lines'>,
): Answer => {
  const buttons = cards.slice(0, MAX_BUTTONS).map(({ card, title }): Button => {
    const press = { name, cardId: card.id, ...(days !== undefined && { days }) }
    return { text: title, key: writeKey(language, press), style: 4 }
  })
  return { language, ...question, buttons, page: pagesOf(bot.app).index }
}
