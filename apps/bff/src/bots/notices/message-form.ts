import { oneLine, clipUtf8 } from '../../core/text.js'
import { localTime } from '../../core/time-zone.js'
import type { AppMessage } from '../../platforms/registry/platform.js'
import { WORDS } from '../i18n/words.js'
import { MOST_LINES } from '../registry/bots.service.js'
import { pagesOf } from '../replies/answer.js'
import { asText, plainMarkdown } from '../replies/render.js'
import type { NoticeLine, NoticeReader } from './notice-lines.js'

/** 90236: `text.content`. */
const TEXT_BYTES = 2048
/** 90236: `textcard.description`. */
const DESCRIPTION_BYTES = 512
/** 90236: an item of `miniprogram_notice`. */
const VALUE_CHARACTERS = 30

/**
 * The notices as one message of the app: at most five lines, how many more there are, and a link to the card. The same
 * notices make the same message, because the platform recognises a repeated one. Time and seconds keep two different
 * messages apart.
 * @param origin of the app's web page; undefined: it has none
 */
export const messageOf = (
  reader: NoticeReader,
  lines: readonly NoticeLine[],
  origin: string | undefined,
): AppMessage => {
  const { bot, language } = reader
  const { kinds, news, where } = WORDS[language].notices
  const shown = lines.slice(0, MOST_LINES)
  const cardIds = new Set(lines.map(({ notice }) => notice.cardId))
  const [cardId] = cardIds
  const only = cardIds.size === 1 ? cardId : undefined
  const one = new Set(lines.map(({ notice }) => notice.kind))
  const [kind] = one
  const title = kind !== undefined && one.size === 1 ? kinds[kind].title : kinds.several
  const rest = moreOf(reader, lines.length)
  if (bot.miniProgramAppid !== undefined) {
    const pages = pagesOf(bot.app)
    return {
      form: 'page',
      appid: bot.miniProgramAppid,
      page: only === undefined ? pages.index : pages.card(only),
      title,
      items: [
        ...shown.map((line) => itemOf(reader, line)),
        ...rest.map((text) => ({ key: kinds.more, value: text })),
        { key: kinds.time, value: timeOf(reader, lines) },
      ],
    }
  }
  const texts = [...shown.map(({ text }) => text), ...rest]
  if (origin !== undefined) {
    const text = [...texts, timeOf(reader, lines)].map(plainMarkdown).join('\n')
    const url = `${origin}/h5/${only === undefined ? '' : `#/card/${encodeURIComponent(only)}`}`
    return { form: 'link', url, title, text: clipUtf8(text, DESCRIPTION_BYTES) }
  }
  const text = asText({ language, title: news(timeOf(reader, lines)), lines: [...texts, where] })
  return { form: 'text', text: clipUtf8(text, TEXT_BYTES) }
}

const moreOf = ({ language }: NoticeReader, all: number): string[] =>
  all > MOST_LINES ? [WORDS[language].notices.more(all - MOST_LINES)] : []

/** What happened, to which card, and who it was or how often. */
const itemOf = ({ bot, language }: NoticeReader, { notice, title, who }: NoticeLine) => {
  const { kinds, people, times } = WORDS[language].notices
  const { kind, at } = notice
  const behind =
    kind === 'refused'
      ? times(notice.times)
      : kind === 'expiring'
        ? localTime(at, bot.app.timeZone)
        : people(who, notice.times)
  // The title is cut, not who it was.
  const room = Math.max(4, VALUE_CHARACTERS - Array.from(behind).length - 1)
  const value = [oneLine(title, room), ...(behind === '' ? [] : [behind])].join(' ')
  return { key: kinds[kind].label, value: oneLine(value, VALUE_CHARACTERS) }
}

const timeOf = ({ bot }: NoticeReader, lines: readonly NoticeLine[]): string => {
  const last = Math.max(...lines.map(({ notice }) => happened(notice)))
  return `${localTime(last, bot.app.timeZone)}:${seconds(last)}`
}

/** Of a card that will expire: when the finder found it. */
const happened = ({ kind, at, createdAt }: NoticeLine['notice']): number =>
  kind === 'expiring' ? createdAt : at

const seconds = (ms: number): string => String(Math.floor(ms / 1000) % 60).padStart(2, '0')
