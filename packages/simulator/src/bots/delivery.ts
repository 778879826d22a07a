import { callbackSignature, sealCallback } from '../crypto/callback.js'
import type { CallbackAnswer, CallbackNetwork, Clock, Random, Timer } from '../ports.js'
import { CALLBACK_MS, type Attempt, type BotConfig } from '../world/bot-types.js'
import type { HttpReply } from './envelope.js'

export interface BotPorts {
  clock: Clock
  random: Random
  timer: Timer
  network: CallbackNetwork
}

/** A callback as it goes over the wire. */
interface Signed {
  url: string
  body: string
  nonce: string
}

export interface Delivered {
  attempts: Attempt[]
  /** null: no answer came. */
  answer: (HttpReply & { nonce: string }) | null
}

/** Q24: the nonce is unique within 2 hours. */
export const newNonce = ({ random }: BotPorts): string => random.bytes(8).toString('hex')

export const signedUrl = (
  { clock }: BotPorts,
  config: BotConfig,
  nonce: string,
  encrypt: string,
  more: Record<string, string> = {},
): string => {
  const timestamp = String(Math.floor(clock.now() / 1000))
  const url = new URL(config.url)
  const msg_signature = callbackSignature(config.token, timestamp, nonce, encrypt)
  for (const [name, value] of Object.entries({ msg_signature, timestamp, nonce, ...more })) {
    url.searchParams.append(name, value)
  }
  return url.href
}

const sign = (ports: BotPorts, config: BotConfig, text: string): Signed => {
  const nonce = newNonce(ports)
  const encrypt = sealCallback(config, ports.random.bytes(16), text)
  return {
    nonce,
    url: signedUrl(ports, config, nonce, encrypt),
    body: JSON.stringify({ encrypt }),
  }
}

/** Asks, and hangs up after `ms`. */
export const askWithin = async (
  { timer, network, clock }: BotPorts,
  ms: number,
  call: { url: string; method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
): Promise<{ answer: CallbackAnswer | { kind: 'timeout' }; ms: number; limit: Promise<void> }> => {
  const hangUp = new AbortController()
  const limit = timer.wait(ms)
  const began = clock.now()
  const answer = await Promise.race([
    network.send({ ...call, signal: hangUp.signal }),
    limit.then(() => ({ kind: 'timeout' }) as const),
  ])
  if (answer.kind === 'timeout') hangUp.abort()
  return { answer, ms: clock.now() - began, limit }
}

/**
 * Sends a payload. When the network fails or no answer comes within 5 s, sends it again after those 5 s.
 * Tries up to `attempts` times (Q19; for bots SIM, the pages give no number).
 * `first`: the bytes to begin with, for repeats of the same delivery.
 */
export const deliver = async (
  ports: BotPorts,
  config: BotConfig,
  text: string,
  how: { attempts: number; retrySigns: 'each' | 'once'; first?: Signed },
): Promise<Delivered> => {
  const attempts: Attempt[] = []
  let signed = how.first ?? sign(ports, config, text)
  for (;;) {
    const { answer, ms, limit } = await askWithin(ports, CALLBACK_MS, {
      url: signed.url,
      method: 'POST',
      // The platform's Content-Type is UNCONFIRMED.
      headers: { 'content-type': 'application/json' },
      body: signed.body,
    })
    if (answer.kind === 'answer') {
      attempts.push({ outcome: 'answer', status: answer.status, ms })
      return { attempts, answer: { ...answer, nonce: signed.nonce } }
    }
    attempts.push({ outcome: answer.kind, status: null, ms })
    if (attempts.length >= how.attempts) return { attempts, answer: null }
    await limit
    if (how.retrySigns === 'each') signed = sign(ports, config, text)
  }
}

/** The same message several times at once: the same bytes (`once`), or each signed for itself. */
export const deliverAll = (
  ports: BotPorts,
  config: BotConfig,
  text: string,
  how: { times: number; sign: 'each' | 'once'; attempts: number; retrySigns: 'each' | 'once' },
): Promise<Delivered[]> => {
  const first = sign(ports, config, text)
  return Promise.all(
    Array.from({ length: how.times }, (_, n) =>
      deliver(ports, config, text, {
        attempts: how.attempts,
        retrySigns: how.retrySigns,
        ...(how.sign === 'once' || n === 0 ? { first } : {}),
      }),
    ),
  )
}
