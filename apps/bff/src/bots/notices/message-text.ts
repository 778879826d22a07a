import { chatTime } from '../i18n/chat-text.js'
import { WORDS, type Language } from '../i18n/words.js'
import { MOST_LINES } from '../registry/told.js'
import { asText } from '../replies/render.js'
import { clipUtf8 } from '../wire/clip-utf8.js'
import type { NoticeLine } from './notice-lines.js'

/** 90236: `text.content`. */
const MAX_BYTES = 2048

/**
 * At most five lines of notices, how many more there are, and where to see more. The same notices make the same text: the
 * platform knows a message again by what it says. The time, with its seconds, tells two messages of the same words apart.
 */
export function messageText(language: Language, lines: readonly NoticeLine[]): string {
  const { news, more, where } = WORDS[language].notices
  const last = Math.max(...lines.map(({ notice }) => happened(notice)))
  const rest = lines.length - MOST_LINES
  const text = asText({
    language,
    title: news(`${chatTime(last)}:${seconds(last)}`),
    lines: [
      ...lines.slice(0, MOST_LINES).map(({ text }) => text),
      ...(rest > 0 ? [more(rest)] : []),
      where,
    ],
  })
  return clipUtf8(text, MAX_BYTES)
}

/** A card that will expire has been found to. */
const happened = ({ kind, at, createdAt }: NoticeLine['notice']): number =>
  kind === 'expiring' ? createdAt : at

const seconds = (ms: number): string => String(Math.floor(ms / 1000) % 60).padStart(2, '0')
