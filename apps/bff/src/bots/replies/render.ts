import { clipUtf8 } from '../../core/text.js'
import { writeKey } from '../i18n/button-key.js'
import { WORDS } from '../i18n/words.js'
import { buttonInteraction, type TemplateCard, textNotice } from '../wire/template-card.js'
import type { Answer, Row } from './answer.js'

const MAX_ROWS = 6
const MAX_LINKS = 3
/** The platform documents no limits for these. The screen cuts longer texts. */
const SUBTITLE_BYTES = 2048
const ROW_BYTES = 256

interface CardOptions {
  readonly taskId: string
  /** Of the mini-program. Without it a card opens nothing. */
  readonly appid: string | undefined
}

/** As markdown or plain text, complete. */
export const asText = ({ title, lines = [], rows = [] }: Answer): string => {
  const listed = rows.map(({ label, value }) => `${label}  ${value}`)
  return [title, ...lines, ...listed].map(plainMarkdown).join('\n')
}

/** As a template card; undefined where none fits: a card without buttons must open a page. */
export const asCard = (answer: Answer, options: CardOptions): TemplateCard | undefined => {
  const { title, lines = [], rows = [], buttons = [], links = [] } = answer
  const target = targetOf(answer.page, options.appid)
  const subtitle = clipUtf8(lines.join('\n'), SUBTITLE_BYTES)
  const common = {
    main_title: { title: clipUtf8(title, ROW_BYTES) },
    ...(subtitle && { sub_title_text: subtitle }),
    ...(rows.length > 0 && { horizontal_content_list: rows.slice(0, MAX_ROWS).map(horizontal) }),
    ...(target && { card_action: target }),
    task_id: options.taskId,
  }
  if (buttons.length > 0) {
    const list = buttons.map((button) => ({ ...button, text: clipUtf8(button.text, ROW_BYTES) }))
    return buttonInteraction({ ...common, button_list: list })
  }
  if (!target) return undefined
  const jumps = links.slice(0, MAX_LINKS).flatMap(({ title: text, page }) => {
    const to = targetOf(page, options.appid)
    return to ? [{ ...to, title: clipUtf8(text, ROW_BYTES) }] : []
  })
  return textNotice({
    ...common,
    card_action: target,
    ...(jumps.length > 0 && { jump_list: jumps }),
  })
}

/** As a template card in any case: where none fits, with a button for help. */
export const asUpdate = (answer: Answer, options: CardOptions): TemplateCard => {
  const { language } = answer
  const help = { text: WORDS[language].buttons.help, key: writeKey(language, { name: 'help' }) }
  const card = asCard(answer, options) ?? asCard({ ...answer, buttons: [help] }, options)
  if (!card) throw new TypeError('a card with a button fits always')
  return card
}

const horizontal = ({ label, value, userid }: Row) => ({
  ...(userid === undefined ? { type: 0 as const } : { type: 3 as const, userid }),
  keyname: clipUtf8(label, ROW_BYTES),
  ...(value && { value: clipUtf8(value, ROW_BYTES) }),
})

/** WeCom 101032: type 2 opens a mini-program. */
const targetOf = (page: string | undefined, appid: string | undefined) =>
  page === undefined || appid === undefined
    ? undefined
    : { type: 2 as const, appid, pagepath: page }

const WIDE: Readonly<Record<string, string>> = {
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '*': '＊',
  '`': '｀',
  '~': '～',
  '#': '＃',
  '|': '｜',
  '\\': '＼',
  '!': '！',
}

/** Replaces the signs of markdown by wide forms. The platform documents no escapes. */
export const plainMarkdown = (text: string): string =>
  text.replace(/[[\]<>*`~#|\\!]/g, (sign) => WIDE[sign] ?? sign)
