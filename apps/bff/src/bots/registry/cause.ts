/**
 * Why a callback is not authentic. The answer is the same for every cause.
 * - `query`: a key is missing, is there twice, or has another form
 * - `time`: more than 300 s from our clock
 * - `address`: a long callback from an address that sent many false ones
 * - `body`: no envelope, or too long
 * - `bot`: no such bot
 * - `signature`: no Token of the bot signed it
 * - `key`: a Token fits, but no EncodingAESKey opens it
 * - `receiveid`: it opens, but names another receiver
 * - `aibotid`: authentic, but for another bot
 * - `corpid`: authentic, but about a person of another corp
 */
export const CAUSES = [
  'query',
  'time',
  'address',
  'body',
  'bot',
  'signature',
  'key',
  'receiveid',
  'aibotid',
  'corpid',
] as const
export type Cause = (typeof CAUSES)[number]

export interface Refused {
  readonly refused: Cause
  /** Of `time`: how far the callback is behind our clock; negative: ahead. */
  readonly seconds?: number
}
