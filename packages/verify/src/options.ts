import { systemClock, systemRandom, systemTimers } from './adapters/system.js'
import type { Reason } from './decide.js'
import { PLATFORMS, type PlatformName } from './platform-proofs.js'
import type { Clock, KeySource, Random, Timers } from './ports.js'
import type { VerifyStore } from './store.js'

/** For the server's own log. It never goes to a client: the difference between refusals helps to forge a proof. */
export type LogEntry = {
  readonly at: number
  readonly viewerId: string
  readonly shareId: string
} & (
  | { readonly outcome: 'granted' }
  | { readonly outcome: 'refused'; readonly reason: Reason }
  /** The store or the keys failed, or took longer than the deadline. */
  | { readonly outcome: 'refused'; readonly reason: 'outage'; readonly error: unknown }
)

export interface VerifierOptions {
  readonly platform: PlatformName
  /** Your own name for the mini-program. Shares and proofs of one app count in no other. */
  readonly app: string
  readonly keys: KeySource
  readonly store: VerifyStore
  readonly log?: (entry: LogEntry) => void
  /** How long a declaration serves for sharing. Default 7, as WeChat has it. */
  readonly shareDays?: number
  /** How long a share opens, from its declaration. Default 120, as WeChat has it. */
  readonly verifyDays?: number
  /** After which an opening is refused when the store or the keys have not answered. Default 5000. */
  readonly deadlineMs?: number
  readonly clock?: Clock
  readonly random?: Random
  readonly timers?: Timers
}

export type Settings = Required<VerifierOptions>

const needs = (condition: boolean, message: string): void => {
  if (!condition) throw new TypeError(message)
}

const has = (value: unknown, ...methods: string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')

const isDays = (value: unknown) =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= 3650

/** @throws TypeError that names the option and the cure */
export const settingsOf = (options: VerifierOptions): Settings => {
  needs(typeof options === 'object', 'createVerifier takes an object of options')
  const settings: Settings = {
    log: () => undefined,
    shareDays: 7,
    verifyDays: 120,
    deadlineMs: 5000,
    clock: systemClock,
    random: systemRandom,
    timers: systemTimers,
    ...options,
  }
  const { platform, app, keys, store, log, shareDays, verifyDays, deadlineMs } = settings
  const names = Object.keys(PLATFORMS)
  needs(names.includes(platform), `platform must be one of ${names.join(', ')}`)
  needs(isName(app), `app must be ${NAME}`)
  needs(has(keys, 'keysOf'), 'keys must have keysOf(viewerId): pass what reads your session keys')
  needs(
    has(store, 'declare', 'find', 'revoke', 'claim'),
    'store must have declare, find, revoke and claim: pass createMemoryStore() or one of yours',
  )
  needs(typeof log === 'function', 'log must be a function: leave it out for no log')
  needs(isDays(shareDays), 'shareDays must be a whole number from 1 to 3650')
  needs(isDays(verifyDays), 'verifyDays must be a whole number from 1 to 3650')
  needs(shareDays <= verifyDays, 'shareDays must not exceed verifyDays: lower it')
  needs(
    Number.isInteger(deadlineMs) && deadlineMs >= 1 && deadlineMs <= 600_000,
    'deadlineMs must be a whole number from 1 to 600000 milliseconds',
  )
  needs(has(settings.clock, 'now'), 'clock must have now(): leave it out for the system clock')
  needs(has(settings.random, 'bytes'), 'random must have bytes(count): leave it out')
  needs(has(settings.timers, 'after'), 'timers must have after(ms, fn): leave it out')
  return settings
}

export const NAME = 'a text of 1 to 256 characters'

export const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= 256
