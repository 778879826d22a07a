import type { PreparedCommand } from '../commands/prepared-command.js'
import type { Inbound } from '../wire/inbound.js'

/**
 * How a callback is replied to.
 * - `now`: with the answer of the command
 * - `stream`, `later`: with a progress report. The answer comes from the outbox, by a stream or once by response_url
 * - `poll`: with the state of a stream
 * - `greeting`: with a welcome that needs no reading
 * - `empty`: not at all
 */
export type ReplyMode =
  | { readonly mode: 'now'; readonly command: PreparedCommand }
  | { readonly mode: 'stream' | 'later' }
  | { readonly mode: 'poll'; readonly streamId: string }
  | { readonly mode: 'greeting' | 'empty' }

/** What may be answered later, and how. A pressed card has no stream: the answer replaces the card, or comes later. */
const LATER: Partial<Record<Inbound['kind'], 'stream' | 'later'>> = {
  said: 'stream',
  media: 'stream',
  pressed: 'later',
}

export const mayAnswerLater = ({ kind }: Inbound): boolean => LATER[kind] !== undefined

/**
 * The one place that decides between now and later.
 * @param command undefined: not prepared in time
 * @param isChatBusy whether an earlier message of the chat is unfinished: no message overtakes another
 */
export const chooseReplyMode = async (
  inbound: Inbound,
  command: PreparedCommand | undefined,
  isChatBusy: () => Promise<boolean>,
): Promise<ReplyMode> => {
  if (inbound.kind === 'poll') return { mode: 'poll', streamId: inbound.streamId }
  const later = LATER[inbound.kind]
  if (later && (!command || (await isChatBusy()))) return { mode: later }
  if (command) return { mode: 'now', command }
  return { mode: inbound.kind === 'entered' ? 'greeting' : 'empty' }
}
