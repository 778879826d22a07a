import { CryptoError, ERR_ENVELOPE_REJECTED } from './crypto-error.js'
import { readEnvelope } from './lib/envelope.js'

/**
 * Reads which key an envelope names, without opening it: to find the rows that wait for `rewrap`.
 * Unproven until the envelope is opened.
 *
 * @throws {CryptoError} `ERR_ENVELOPE_REJECTED` when it is no envelope at all.
 *
 * @example
 * if (envelopeKeyId(row.sealed) !== keyring.primary) stale.push(row.id)
 */
export const envelopeKeyId = (envelope: string): string => {
  const read = readEnvelope(envelope)
  if (read === undefined) throw new CryptoError(ERR_ENVELOPE_REJECTED)
  return read.keyId
}
