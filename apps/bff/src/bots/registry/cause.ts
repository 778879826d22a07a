/**
 * Why a callback is not authentic; outside, all are one.
 * - `query`: not the four keys, each once, in the platform's form
 * - `time`: too old, or ahead
 * - `address`: a long one from where too many false ones came
 * - `body`: no envelope, or too long
 * - `bot`: no such bot
 * - `signature`: no Token of the bot's signed it
 * - `key`: a Token fits, and no EncodingAESKey opens it
 * - `receiveid`: it opens, and names another receiver
 * - `aibotid`: genuine, and meant for another bot
 * - `corpid`: genuine, and about a person of another corp
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
  /** Of `time`: by how much it is older than our clock; negative: ahead. */
  readonly seconds?: number
}
