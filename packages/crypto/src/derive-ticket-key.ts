import { hash } from 'node:crypto'
import { patternArgument } from './lib/argument.js'

/** Every way to read a key out of an application's `jsapi_ticket`. */
export type TicketKeyDerivation =
  'url16' | 'skip16' | 'text16' | 'tail16' | 'md5-text' | 'md5-bytes' | 'sha256-16' | 'url32'

// Node takes both alphabets, and stops at the padding.
const decode = (ticket: string): Buffer => Buffer.from(ticket, 'base64')

const derivations = new Map<unknown, (ticket: string) => Buffer>([
  ['url16', (ticket) => decode(ticket).subarray(0, 16)],
  // PHP and Python leave out what the standard alphabet does not hold.
  ['skip16', (ticket) => decode(ticket.replace(/[^A-Za-z0-9+/]/g, '')).subarray(0, 16)],
  ['text16', (ticket) => Buffer.from(ticket).subarray(0, 16)],
  ['tail16', (ticket) => decode(ticket).subarray(-16)],
  ['md5-text', (ticket) => hash('md5', ticket, 'buffer')],
  ['md5-bytes', (ticket) => hash('md5', decode(ticket), 'buffer')],
  ['sha256-16', (ticket) => hash('sha256', ticket, 'buffer').subarray(0, 16)],
  ['url32', (ticket) => decode(ticket).subarray(0, 32)],
])

/** The names that {@link deriveTicketKey} knows, the most likely first. */
export const ticketKeyDerivations = [...derivations.keys()] as readonly TicketKeyDerivation[]

const fail = (rule: string): never => {
  throw new TypeError(rule)
}

/**
 * Derives the key of a WeCom web page's proofs from the application's `jsapi_ticket`. `openShareInfo` takes it as
 * `sessionKey`.
 *
 * The platform calls the key "Base64_Decode(ticket), 16 bytes", but a ticket decodes to 64. So there are eight readings.
 * Find out once which one your platform uses, then use that one alone: a second reading for each proof doubles what an
 * attacker may try.
 *
 * - `url16`, `tail16`: the first, or the last, 16 bytes of the decoded ticket. `url32`: the first 32 (AES-256).
 * - `skip16`: the first 16 bytes after `-` and `_` are left out, as PHP and Python decode.
 * - `text16`: the first 16 characters. `sha256-16`: the first 16 bytes of the text's SHA-256.
 * - `md5-text`, `md5-bytes`: the MD5 of the text, of the decoded ticket.
 *
 * @param ticket `ticket/get?type=agent_config`'s answer, a secret of the server. Letters of base64 or base64url, with or
 *   without padding, 16 bytes or more when decoded. The platform's are 86 letters, 64 bytes.
 * @returns canonical base64 of 16 bytes; of 32 for `url32`.
 * @throws {TypeError} naming the argument that is not what it must be. It never shows the ticket.
 * @see https://developer.work.weixin.qq.com/document/path/100507
 *
 * @example
 * const sessionKey = deriveTicketKey(ticket, 'url16')
 * const { state, curReceiver } = openShareInfo({ sessionKey, encryptedData, iv })
 */
export const deriveTicketKey = (ticket: string, derivation: TicketKeyDerivation): string => {
  const derive =
    derivations.get(derivation) ??
    fail(`derivation must be one of ${ticketKeyDerivations.join(', ')}`)
  const size = derivation === 'url32' ? 32 : 16
  const rule = `base64 or base64url of ${size} bytes or more`
  const text = patternArgument(ticket, 'ticket', /^[A-Za-z0-9+/_-]+={0,2}$/, rule)
  const key = derive(text)
  // A short ticket is refused for the hashes, too: they would make a key of 16 bytes from a text that can be guessed.
  if (decode(text).length < size || key.length < size) fail(`ticket must be ${rule}`)
  return key.toString('base64')
}
