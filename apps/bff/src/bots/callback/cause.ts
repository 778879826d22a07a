/**
 * Why a callback is not authentic; outside, all are one.
 * - `query`: not the four keys, each once, in the platform's form
 * - `time`: too old, or ahead
 * - `address`: a long one from where too many false ones came
 * - `body`: no envelope, or too long
 * - `bot`: no such bot
 * - `signature`: no keys of the bot signed and sealed it
 * - `addressee`: genuine, and meant for another bot
 */
export type Cause = 'query' | 'time' | 'address' | 'body' | 'bot' | 'signature' | 'addressee'

export interface Refused {
  readonly refused: Cause
}
