import type { OwnCard } from '../chat-members/own-cards.js'
import { type CommandName, writeKey } from '../i18n/button-key.js'
import { WORDS, type Language } from '../i18n/words.js'
import { pagesOf, type Answer } from '../replies/answer.js'
import type { ChangeCommands } from './change-commands.js'
import {
  type ChatContext,
  type CommandContext,
  type PreparedCommand,
  replyWith,
} from './prepared-command.js'
import type { ReadCommands } from './read-commands.js'

/** What people write for a command in one language. */
export interface CommandWords {
  /** Matched in order against normalised text. The first group is the card, the second the days. */
  readonly forms: readonly RegExp[]
  readonly example: string
  /** The line in the help. Absent: the help does not list the command. */
  readonly help?: string
}

/** What `prepare` may use. */
export interface CommandServices {
  readonly read: ReadCommands
  readonly change: ChangeCommands
}

interface CommandBase {
  /** Absent: only a button asks for the command. */
  readonly words?: Readonly<Record<Language, CommandWords>>
}

/** Allowed in groups. Its answer names no card, no person and no number. */
export interface PublicCommand extends CommandBase {
  readonly where: 'anywhere'
  readonly who: 'anyone'
  prepare(services: CommandServices, context: ChatContext): Promise<PreparedCommand>
}

/** About all cards of the person who asks. */
export interface PersonCommand extends CommandBase {
  readonly where: 'single'
  readonly who: 'anyone'
  prepare(services: CommandServices, context: CommandContext): Promise<PreparedCommand>
}

/** About one card. Only its owner gets through to `prepare`; for others the card does not exist. */
export interface CardCommand extends CommandBase {
  readonly where: 'single'
  readonly who: 'owner'
  /** Present: the command takes days. Says what to write when they are missing. */
  readonly daysUsage?: (language: Language) => string
  prepare(
    services: CommandServices,
    context: CommandContext,
    card: OwnCard,
    days?: number,
  ): Promise<PreparedCommand>
}

export type Command = PublicCommand | PersonCommand | CardCommand

/** All commands. Parsing, help, rights, the list in docs/generated and tests follow from this table. */
export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  help: {
    words: {
      zh: { forms: [/^(?:帮助|怎么用|菜单)$/u], example: '帮助' },
      en: { forms: [/^(?:help|menu|\?)$/], example: 'help' },
    },
    where: 'anywhere',
    who: 'anyone',
    prepare: async (_, context) => replyWith(help(context)),
  },
  cards: {
    words: {
      zh: {
        forms: [/^(?:我的卡片|卡片列表|卡片)$/u],
        example: '我的卡片',
        help: '我的卡片：列出你最近发出的卡片',
      },
      en: {
        forms: [/^(?:my )?cards$/],
        example: 'my cards',
        help: 'my cards: the cards you sent last',
      },
    },
    where: 'single',
    who: 'anyone',
    prepare: ({ read }, context) => read.list(context),
  },
  who: {
    words: {
      zh: {
        forms: [/^谁 ?(?:看|打开|读)过(?:了)? ?:? ?(.*)$/u],
        example: '谁看过 周报',
        help: '谁看过 <卡片>：查看谁打开过',
      },
      en: {
        forms: [/^who (?:has )?(?:opened|read|saw)(?:(?: ?: ?| )(.*))?$/],
        example: 'who opened report',
        help: 'who opened <card>: who read it',
      },
    },
    where: 'single',
    who: 'owner',
    prepare: ({ read }, context, card) => read.who(context, card),
  },
  revoke: {
    words: {
      zh: {
        forms: [/^撤回 ?:? ?(.*)$/u],
        example: '撤回 周报',
        help: '撤回 <卡片>：撤回后任何人都打不开',
      },
      en: {
        forms: [/^revoke(?:(?: ?: ?| )(.*))?$/],
        example: 'revoke report',
        help: 'revoke <card>: then nobody can open it',
      },
    },
    where: 'single',
    who: 'owner',
    prepare: async ({ change }, context, card) => change.askRevoke(context, card),
  },
  extend: {
    words: {
      zh: {
        forms: [/^延期 ?:? ?(.*?) ?(\d{1,4}) ?天$/u, /^延期 ?:? ?(.*)$/u],
        example: '延期 周报 3 天',
        help: '延期 <卡片> 3 天：推迟到期时间',
      },
      en: {
        forms: [
          /^extend(?:(?: ?: ?| )(.*?))?(?: by)? (\d{1,4}) ?days?$/,
          /^extend(?:(?: ?: ?| )(.*))?$/,
        ],
        example: 'extend report 3 days',
        help: 'extend <card> 3 days: extend a card',
      },
    },
    where: 'single',
    who: 'owner',
    daysUsage: (language) => WORDS[language].extend.usage,
    prepare: async ({ change }, context, card, days) => change.extend(context, card, days),
  },
  stats: {
    words: {
      zh: {
        forms: [/^统计$/u],
        example: '统计',
        help: '统计：你的卡片的总数与打开次数',
      },
      en: {
        forms: [/^(?:stats|statistics)$/],
        example: 'stats',
        help: 'stats: your cards and openings in numbers',
      },
    },
    where: 'single',
    who: 'anyone',
    prepare: ({ read }, context) => read.stats(context),
  },
  confirm: {
    where: 'single',
    who: 'owner',
    prepare: async ({ change }, context, card) => change.revoke(context, card),
  },
  cancel: {
    where: 'single',
    who: 'anyone',
    prepare: async ({ change }, context) => change.cancelled(context),
  },
}

/** The help, from the table. @param first a line above the commands */
export const help = (context: ChatContext, first?: string) =>
  helpAnswer(
    context,
    Object.values(COMMANDS).flatMap(({ words }) => words?.[context.language].help ?? []),
    first,
  )

/** @param commands a line for each command @param first a line above them */
const helpAnswer = (
  { bot, language, inGroup }: ChatContext,
  commands: readonly string[],
  first?: string,
): Answer => {
  const { help, buttons, inPrivate } = WORDS[language]
  return {
    language,
    title: help.title,
    lines: [
      ...(first === undefined ? [] : [first]),
      ...commands,
      help.card,
      ...(inGroup ? inPrivate.lines : []),
    ],
    buttons: [
      { text: buttons.cards, key: writeKey(language, { name: 'cards' }), style: 1 },
      { text: buttons.stats, key: writeKey(language, { name: 'stats' }), style: 4 },
    ],
    page: pagesOf(bot.app).index,
  }
}
