import type { Exchange, Json } from '../world/bot-types.js'
import type { BotPlatform } from './bot-platform.js'
import { CARD_TYPES } from './card-schema.js'

export interface Play {
  name: string
  run: () => Promise<Exchange | null>
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Every message and event kind of the contract's 5.4 and 5.5. Buttons are those of the cards that the bot showed before. */
export const allPlays = (bot: BotPlatform, from: string, text: string): Play[] => {
  const chat = 'wrFAKEgroup0001'
  const quote = { msgtype: 'text', text: { content: '之前的话' } } as const
  const card = (type: string): Json | undefined =>
    bot.exchanges.flatMap(({ cards }) => cards).findLast((shown) => shown['card_type'] === type)
  const fallback = 'button_interaction'
  return [
    { name: 'enter_chat', run: () => bot.enterChat({ from, force: true }) },
    { name: 'text', run: () => bot.sendText({ from, text }) },
    { name: 'text, quoting', run: () => bot.sendText({ from, text, quote }) },
    { name: 'text, group', run: () => bot.sendText({ from, chat, text }) },
    { name: 'text, 5 × at once', run: () => bot.sendText({ from, text, repeat: 5 }) },
    {
      name: 'mixed',
      run: () => bot.sendMixed({ from, items: [{ text }, { image: PIXEL }] }),
    },
    {
      name: 'mixed, group',
      run: () => bot.sendMixed({ from, chat, items: [{ text }, { image: PIXEL }] }),
    },
    { name: 'image', run: () => bot.sendImage({ from, image: PIXEL }) },
    { name: 'voice', run: () => bot.sendVoice({ from, transcript: text }) },
    { name: 'file', run: () => bot.sendFile({ from, file: Buffer.from('a file\n') }) },
    { name: 'video', run: () => bot.sendVideo({ from, video: Buffer.from('a video\n') }) },
    ...CARD_TYPES.map((type) => ({
      name: `click, ${type}`,
      run: () => {
        const shown = card(type)
        return bot.clickButton({
          from,
          card_type: type,
          task_id: (shown?.['task_id'] as string | undefined) ?? 'unknown-task',
          event_key: shown ? firstKey(shown) : `unknown:${fallback}`,
        })
      },
    })),
    { name: 'feedback', run: () => bot.feedback({ from, id: 'feedback-1', type: 1 }) },
    {
      name: 'feedback, inaccurate',
      run: () =>
        bot.feedback({
          from,
          id: 'feedback-1',
          type: 2,
          content: '不准',
          inaccurate_reason_list: [2, 3],
        }),
    },
  ]
}

/** The first key that a card can send. */
export const firstKey = (card: Json): string => keysOf(card)[0] ?? 'no-key'

export const keysOf = (card: Json): string[] => {
  const lists = [
    card['button_list'],
    (card['action_menu'] as Json | undefined)?.['action_list'],
    card['submit_button'] === undefined ? [] : [card['submit_button']],
  ]
  return lists
    .flatMap((list) => (Array.isArray(list) ? (list as { key?: string }[]) : []))
    .map(({ key }) => String(key))
}
