import { writeKey } from '../i18n/button-key.js'
import { WORDS } from '../i18n/words.js'
import { PAGES, type Answer } from '../replies/answer.js'
import type { ChatContext } from './prepared-command.js'

/** @param commands a line for each command @param first a line above them */
export const helpAnswer = (
  { language, inGroup }: ChatContext,
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
    page: PAGES.index,
  }
}
