import { Inject, Injectable } from '@nestjs/common'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { OwnCards, type OwnCard } from '../chat-members/own-cards.js'
import { People, type Person } from '../chat-members/person.js'
import {
  type Command,
  languageOf,
  type Press,
  readCommand,
  readGroupCommand,
  readKey,
  writeKey,
} from '../i18n/command.js'
import { WORDS, type Language } from '../i18n/words.js'
import { type Bot, hasNoticesEnabled } from '../registry/bots.service.js'
import { PAGES, type Answer, type Button } from '../replies/answer.js'
import type { Inbound } from '../wire/inbound.js'
import { ChangeCommands, usage } from './change-commands.js'
import { Notices } from './notices.js'
import {
  type CommandContext,
  type PreparedCommand,
  replyWith,
  type CommandEffect,
} from './prepared-command.js'
import { ReadCommands } from './read-commands.js'

/** Buttons of a template card. */
const CHOICES = 6
const QUOTED_TITLE = 64

type About = Extract<Command, { card: string }>

/** Reads everything that a message asks for and says what is left to do. Changes nothing by itself. */
@Injectable()
export class CommandHandler {
  constructor(
    private readonly people: People,
    private readonly cards: OwnCards,
    private readonly read: ReadCommands,
    private readonly change: ChangeCommands,
    private readonly notices: Notices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async prepare(bot: Bot, inbound: Inbound): Promise<PreparedCommand> {
    switch (inbound.kind) {
      case 'poll':
      case 'feedback':
      case 'unknown':
        return () => Promise.resolve(null)
      default:
        return inbound.group === undefined
          ? this.#single(bot, inbound)
          : () => Promise.resolve(this.#inGroup(inbound))
    }
  }

  /** Nothing of anybody's cards: not a title, not a count. */
  #inGroup(inbound: Inbound): Answer {
    const text = inbound.kind === 'said' ? inbound.text : ''
    const language =
      (inbound.kind === 'pressed' ? readKey(inbound.key)?.language : languageOf(text)) ?? 'zh'
    const command = inbound.kind === 'said' ? readGroupCommand(text) : undefined
    const { inPrivate, help } = WORDS[language]
    const asksHelp =
      (inbound.kind === 'said' && (command === undefined || command.name === 'help')) ||
      (inbound.kind === 'pressed' && readKey(inbound.key)?.press.name === 'help')
    if (asksHelp) return { ...this.read.help(language), lines: [...help.lines, ...inPrivate.lines] }
    return { language, title: inPrivate.title, lines: inPrivate.lines, page: PAGES.index }
  }

  async #single(bot: Bot, inbound: Inbound): Promise<PreparedCommand> {
    const person = await this.people.meet(bot, inbound.userid)
    const pressed = inbound.kind === 'pressed' ? readKey(inbound.key) : undefined
    const written = inbound.kind === 'said' ? languageOf(inbound.text) : undefined
    const language = pressed?.language ?? written ?? person.language
    const asking: CommandContext = { bot, person, language }
    // A pressed card is replaced; what is told beside it would be gone with the next press.
    const tell = inbound.kind === 'pressed' ? undefined : await this.notices.since(asking)
    const step = await this.#step(asking, inbound, pressed?.press)
    return async (tx) => {
      const { answer, lastList = person.lastList } = await step(tx)
      const news = (await tell?.(tx.manager)) ?? []
      const now = this.clock.now()
      const notifiedAt = inbound.kind === 'pressed' ? (person.notifiedAt ?? now) : now
      if (hasNoticesEnabled(bot.notices) || changed(person, language, lastList)) {
        const memory = { language, lastList, notifiedAt }
        await this.people.remember(tx.manager, bot, person, memory)
      }
      return news.length > 0 ? { ...answer, lines: [...news, ...(answer.lines ?? [])] } : answer
    }
  }

  async #step(
    asking: CommandContext,
    inbound: Inbound,
    press: Press | undefined,
  ): Promise<CommandEffect> {
    const { language } = asking
    const words = WORDS[language]
    switch (inbound.kind) {
      case 'entered':
        return replyWith({ answer: this.read.help(language, words.welcome) })
      case 'media':
        return replyWith({ answer: this.read.help(language, words.media) })
      case 'pressed':
        return press
          ? this.#pressed(asking, press)
          : replyWith({ answer: this.read.help(language) })
      case 'said': {
        const command = readCommand(inbound.text)
        if (!command) return replyWith({ answer: this.read.help(language, words.unknown) })
        if (!('card' in command)) return this.#plain(asking, command.name)
        const quoted = (inbound.quoted ?? '').trim()
        const card = command.card || (quoted.length <= QUOTED_TITLE ? quoted : '')
        return this.#about(asking, { ...command, card })
      }
      default:
        throw new TypeError(`nothing to say to ${inbound.kind}`)
    }
  }

  async #plain(asking: CommandContext, name: 'help' | 'cards' | 'stats'): Promise<CommandEffect> {
    if (name === 'help') return replyWith({ answer: this.read.help(asking.language) })
    return replyWith(await (name === 'cards' ? this.read.list(asking) : this.read.stats(asking)))
  }

  async #about(asking: CommandContext, command: About): Promise<CommandEffect> {
    const { person, language } = asking
    const { which } = WORDS[language]
    if (command.name === 'extend' && command.days === undefined) return usage(language)
    if (command.card === '') return replyWith({ answer: { language, title: which.missing } })
    const found = await this.cards.find(person.viewerId, command.card, person.lastList)
    const [only] = found
    if (!only) return this.#notFound(asking, command)
    if (found.length === 1) return this.#one(asking, command, only)
    const lines = found.length > CHOICES ? [which.tooMany(found.length)] : []
    return replyWith({ answer: choice(language, command, found, which.title, lines) })
  }

  /** Reached in a single chat only, and by the person's own cards only. */
  async #notFound({ person, language }: CommandContext, command: About): Promise<CommandEffect> {
    const { which, buttons } = WORDS[language]
    const near = await this.cards.nearest(person.viewerId, command.card)
    if (near.length > 0) {
      // Named in words too: a stream and a markdown have no buttons.
      const lines = near.map(({ title }) => which.near(title))
      return replyWith({ answer: choice(language, command, near, which.none, lines) })
    }
    const key = writeKey(language, { name: 'cards' })
    const list: Button = { text: buttons.cards, key, style: 1 }
    const answer = { language, title: which.none, lines: [which.list], buttons: [list] }
    return replyWith({ answer: { ...answer, page: PAGES.index } })
  }

  async #one(asking: CommandContext, command: About | Press, own: OwnCard): Promise<CommandEffect> {
    switch (command.name) {
      case 'who':
        return replyWith(await this.read.who(asking, own))
      case 'revoke':
        return this.change.askRevoke(asking, own)
      case 'confirm':
        return this.change.revoke(asking, own)
      case 'extend':
        return this.change.extend(asking, own, command.days)
      default:
        throw new TypeError(`${command.name} is about no card`)
    }
  }

  async #pressed(asking: CommandContext, press: Press): Promise<CommandEffect> {
    const { language, person } = asking
    if (press.name === 'cancel') return this.change.cancelled(asking)
    if (!('cardId' in press)) return this.#plain(asking, press.name)
    const own = await this.cards.byId(person.viewerId, press.cardId)
    // Whoever pressed a button of somebody else's: the same as for a card that is not there.
    if (!own) return replyWith({ answer: { language, title: WORDS[language].which.none } })
    return this.#one(asking, press, own)
  }
}

/** One button for each. */
const choice = (
  language: Language,
  command: About,
  cards: readonly OwnCard[],
  title: string,
  lines: readonly string[],
): Answer => {
  const buttons = cards.slice(0, CHOICES).map(({ card, title: text }): Button => {
    const press: Press =
      command.name === 'extend'
        ? { name: 'extend', cardId: card.id, days: command.days ?? 0 }
        : { name: command.name, cardId: card.id }
    return { text, key: writeKey(language, press), style: 4 }
  })
  return { language, title, lines, buttons, page: PAGES.index }
}

const changed = (person: Person, language: Language, lastList: readonly string[]): boolean =>
  person.language !== language ||
  person.lastList.length !== lastList.length ||
  person.lastList.some((id, i) => id !== lastList[i])
