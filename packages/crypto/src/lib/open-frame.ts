import { isUtf8 } from 'node:buffer'
import { paddingFault } from './padding.js'

/**
 * Takes `random(16) | msg_len(4, big endian) | msg | receiveId | padding` apart. The receiveId is
 * known, so msg_len has exactly one right value: nothing that it says is ever used as a bound.
 *
 * @param plain a multiple of 32 bytes, 32 at least.
 * @returns the message; undefined when anything is wrong, found out in the same steps.
 */
export const openFrame = (plain: Buffer, receiveId: Buffer): string | undefined => {
  let fault = paddingFault(plain, 32)
  const end = plain.length - (fault === 0 ? plain[plain.length - 1]! : 1)
  const messageEnd = end - receiveId.length
  fault |= plain.readUInt32BE(16) ^ (messageEnd - 20)
  const from = Math.max(messageEnd, 20)
  // Whole, also when it is empty (WeCom 101033: a smart bot's receiveid is the empty string).
  for (let at = 0; at < receiveId.length; at++) fault |= (plain[from + at] ?? 0) ^ receiveId[at]!
  const message = plain.subarray(20, from)
  if (!isUtf8(message)) fault |= 1
  return fault === 0 ? message.toString() : undefined
}

/**
 * Whether all but the receiveId is right, whatever receiver it names: visible ASCII, at most 64. Asked about a frame that
 * `openFrame` refused. The same steps whatever the answer; `msg_len` is a bound only as far as there are bytes.
 *
 * @param plain a multiple of 32 bytes, 32 at least.
 */
export const namesAnother = (plain: Buffer): boolean => {
  const fault = paddingFault(plain, 32)
  const end = plain.length - (fault === 0 ? plain[plain.length - 1]! : 1)
  const said = 20 + plain.readUInt32BE(16)
  const messageEnd = Math.max(20, Math.min(said, end))
  const isText = isUtf8(plain.subarray(20, messageEnd))
  const isId = /^[\x21-\x7e]{0,64}$/.test(plain.toString('latin1', messageEnd, end))
  return fault === 0 && said === messageEnd && isText && isId
}
