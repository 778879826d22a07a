import { z } from 'zod'
import {
  CallbackProblem,
  openCallback,
  signatureHolds,
  type CallbackKeys,
} from '../crypto/callback.js'
import type { Complaint, Json } from '../world/bot-types.js'
import { check, isObject } from './check.js'
import { complaint } from './fault.js'

const HOUR_S = 3600

const Envelope = z.strictObject({
  encrypt: z.string(),
  msgsignature: z.string(),
  // The sample has a number; whether the platform takes a string is UNCONFIRMED.
  timestamp: z.union([z.number(), z.string()]),
  nonce: z.string(),
})

export interface HttpReply {
  status: number
  body: Buffer
}

export type Opened =
  | { kind: 'empty' }
  | { kind: 'reply'; reply: Json; notes: Complaint[] }
  | { kind: 'bad'; complaints: Complaint[]; notes: Complaint[] }

const bad = (clause: string, path: string, message: string): Opened => ({
  kind: 'bad',
  complaints: [complaint(clause, path, message)],
  notes: [],
})

const parse = (text: string): Json | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Q24, the contract's 5.3: the answer to a callback, opened. @param nonce that of the callback. @param now of the platform, ms. */
export const openReply = (
  keys: CallbackKeys,
  { status, body }: HttpReply,
  nonce: string,
  now: number,
): Opened => {
  if (status !== 200) return bad('5.3', '', `the status is ${status}, not 200`)
  if (body.length === 0) return { kind: 'empty' }
  const sealed = parse(body.toString())
  if (sealed === null) return bad('5.3', '', 'the body is neither empty nor a JSON object')
  const { complaints, notes } = check(Envelope, sealed, '5.3')
  if (complaints.length > 0) return { kind: 'bad', complaints, notes }
  const {
    encrypt,
    msgsignature: signature,
    timestamp,
    nonce: own,
  } = z.object(Envelope.shape).parse(sealed)
  if (typeof timestamp === 'string') {
    notes.push(complaint('5.3', 'timestamp', 'is a string; the sample has a number'))
  }
  const wrong: Complaint[] = []
  if (own !== nonce) wrong.push(complaint('5.3', 'nonce', "must be the callback's nonce"))
  if (!/^\d{1,15}$/.test(String(timestamp))) {
    wrong.push(complaint('5.3', 'timestamp', 'must be whole seconds since 1970'))
  } else if (Math.abs(Number(timestamp) - now / 1000) > HOUR_S) {
    const unit = Number(timestamp) > 1e11 ? ' (are these milliseconds?)' : ''
    wrong.push(complaint('5.3', 'timestamp', `is more than an hour from now${unit}`))
  }
  if (!signatureHolds(keys, { signature, timestamp: String(timestamp), nonce: own, encrypt })) {
    wrong.push(complaint('5.1', 'msgsignature', 'is not that of token, timestamp, nonce, encrypt'))
  }
  const text = opened(keys, encrypt)
  if (typeof text !== 'string') wrong.push(text)
  if (wrong.length > 0 || typeof text !== 'string') return { kind: 'bad', complaints: wrong, notes }
  const reply = parse(text)
  if (reply === null) return bad('5.6', '', 'the decrypted reply is not a JSON object')
  return { kind: 'reply', reply, notes }
}

const opened = (keys: CallbackKeys, encrypt: string): string | Complaint => {
  try {
    return openCallback(keys, encrypt)
  } catch (error) {
    if (!(error instanceof CallbackProblem)) throw error
    return complaint('5.1', 'encrypt', error.message)
  }
}
