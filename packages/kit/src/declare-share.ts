import type { Share } from '@sealcard/protocol'
import { BffError } from './bff-error.js'
import { expectFunctions, expectOption } from './misuse.js'
import { PlatformError } from './platform-error.js'
import type { Obstacle, SharePlatform } from './platform.js'

export type DeclareFailure =
  | Obstacle
  | 'revoked'
  | 'expired'
  | 'not-found'
  | 'rate-limited'
  | 'unreachable'
  /** The platform did not take the declaration. */
  | 'platform'
  /** The platform does not accept the service or the page, or an administrator has not set the page up. */
  | 'setup'

export type DeclareState =
  | { step: 'preparing' }
  | { step: 'ready'; share: Share }
  | { step: 'failed'; reason: DeclareFailure; canRetry: boolean; retryAfter: number | null }

/** What `onShareAppMessage` answers. */
export interface ShareMessage {
  title: string
  path: string
}

export interface DeclareShareOptions {
  platform: SharePlatform
  /** Asks the BFF for a share of this card. */
  prepare: () => Promise<Share>
  /** Logs in again, for a platform that wants a login before a declaration. */
  renewSession: () => Promise<unknown>
  /** What leaves when someone shares too early: never the card. */
  fallback: ShareMessage
  /**
   * The page of this mini-program that opens cards, for example `/packageCards/pages/read`. Left out: the page that the
   * service names, `apps[].openPath` of its configuration, which also serves the messages that it sends itself.
   */
  openPath?: string
  now: () => number
  onChange: (state: DeclareState) => void
}

export interface DeclareShare {
  /** The page shows, for the first time or again. */
  show(): Promise<void>
  retry(): Promise<void>
  /** `prepare` gives another share from now on, for example one with another label. Until it is declared, none is ready. */
  change(): Promise<void>
  /** The page unloads, or the card may not be shared any more. Final. */
  leave(): void
  state(): DeclareState
  /** Call it from `onShareAppMessage`, at that moment. */
  message(): ShareMessage
}

/** A share that ends sooner than this is not worth declaring again. */
const SPARE_MS = 60 * 60 * 1000

/**
 * Declares a card as private *before* it can be shared. The platform's flag is asynchronous and says nothing later, so
 * the order is: share from the BFF, declaration on the platform, and only then `ready`. At any other time what leaves
 * is `fallback`.
 */
export const createDeclareShare = (options: DeclareShareOptions): DeclareShare => {
  expectShareOptions(options)
  const { platform, prepare, renewSession, fallback, openPath, now, onChange } = options
  let state: DeclareState = { step: 'preparing' }
  let share: Share | null = null
  let running: Promise<void> | null = null
  /** Counts the changes: what was begun before the last one is not what is wanted. */
  let version = 0
  let touched = false
  let left = false

  const become = (next: DeclareState) => {
    if (left) return
    state = next
    onChange(next)
  }

  const declare = async (ready: Share) => {
    // Nothing may be declared after leave(): the flag would stay on for the next page.
    if (left) return
    touched = true
    await platform.declare(ready.declare)
  }

  const run = async () => {
    const obstacle = platform.capabilities.share
    if (obstacle) {
      become(failed(obstacle))
      return
    }
    become({ step: 'preparing' })
    const mine = version
    try {
      if (!share || remaining(share, now()) < SPARE_MS) {
        const prepared = await prepare()
        if (mine !== version) return
        share = prepared
      }
      const ready = share
      await declare(ready).catch(async (error: unknown) => {
        if (!(error instanceof PlatformError && error.fault === 'login')) throw error
        await renewSession()
        await declare(ready)
      })
      if (mine === version) become({ step: 'ready', share: ready })
    } catch (error) {
      if (mine !== version) return
      if (!(error instanceof PlatformError)) share = null
      become(toFailure(error))
    }
  }

  const start = () => {
    if (left) return Promise.resolve()
    return (running ??= runToTheLast())
  }

  const runToTheLast = async () => {
    for (let ran = -1; ran !== version && !left;) {
      ran = version
      await run()
    }
    // In the same moment as the last look at `version`: a later change starts anew.
    running = null
  }

  return {
    show: start,
    retry: start,
    change() {
      version++
      share = null
      // At once: the share that was ready must not leave any more.
      become({ step: 'preparing' })
      return start()
    },
    leave() {
      if (left) return
      left = true
      if (touched) platform.undeclare().catch(() => undefined)
    },
    state: () => state,
    message() {
      if (left || state.step !== 'ready') return fallback
      // The page may have been open for days; the platform refuses a share after its window.
      if (remaining(state.share, now()) <= 0) {
        void start()
        return fallback
      }
      return { title: state.share.title, path: pathOf(state.share, openPath) }
    },
  }
}

/** A page as `app.json` has it, with a slash before it and nothing behind it. */
const PAGE = /^(?:\/[\w-][\w.-]*)+$/

const expectShareOptions = (options: DeclareShareOptions) => {
  const { openPath, fallback } = options
  expectFunctions(options, {
    prepare: 'must be a function that makes the share: () => client.createShare(cardId)',
    renewSession: 'must be a function: () => client.renewSession()',
    now: 'must be the clock: Date.now',
    onChange: 'must be a function that takes each state',
  })
  expectOption(
    typeof (fallback as Partial<ShareMessage> | undefined)?.path === 'string',
    'fallback',
    "must be what leaves when nothing is declared: { title, path: '/pages/index/index' }",
  )
  expectOption(
    openPath === undefined || PAGE.test(openPath),
    'openPath',
    'must be a page of app.json with a slash before it and no query, such as /pages/open/index',
  )
}

/** The query is the service's: the share, and whether to ask first. */
const pathOf = ({ path }: Share, openPath: string | undefined) =>
  openPath === undefined ? path : openPath + path.slice(path.indexOf('?'))

const remaining = (share: Share, now: number) => Date.parse(share.shareUntil) - now

const failed = (
  reason: DeclareFailure,
  canRetry = false,
  retryAfter: number | null = null,
): DeclareState => ({ step: 'failed', reason, canRetry, retryAfter })

const toFailure = (error: unknown): DeclareState => {
  if (error instanceof PlatformError) {
    if (error.fault === 'setup') return failed('setup', true)
    return error.fault === 'unsupported' ? failed('client-too-old') : failed('platform', true)
  }
  if (error instanceof BffError) {
    switch (error.code) {
      case 'ERR_CARD_REVOKED':
        return failed('revoked')
      case 'ERR_CARD_EXPIRED':
        return failed('expired')
      case 'ERR_H5_UNVERIFIED':
        return failed('setup')
      case 'ERR_NOT_FOUND':
        return failed('not-found')
      case 'ERR_RATE_LIMITED':
        return failed('rate-limited', true, error.retryAfter)
      default:
        return failed('unreachable', true, error.retryAfter)
    }
  }
  return failed('unreachable', true)
}
