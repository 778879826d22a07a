import type { Share } from '@sealcard/protocol'
import fc from 'fast-check'
import { BffError, BffUnreachable } from '../src/bff-error.js'
import { createDeclareShare, type DeclareState } from '../src/declare-share.js'
import { PlatformError, type PlatformFault } from '../src/platform-error.js'
import type { Capabilities, SharePlatform } from '../src/platform.js'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const FALLBACK = { title: 'Home', path: '/pages/index/index' }

const share = (id: string, until = '2026-01-08T00:00:00Z'): Share => ({
  id,
  path: `/pages/open/index?s=${id}`,
  title: 'Title',
  declare: { platform: 'wechat', activityId: `ACT-${id}` },
  createdAt: '2026-01-01T00:00:00Z',
  shareUntil: until,
  verifyUntil: '2026-05-01T00:00:00Z',
})

const fault = (name: PlatformFault) => new PlatformError(name, 'x', { errMsg: 'x:fail' })
const bffError = (
  code: ConstructorParameters<typeof BffError>[0],
  retryAfter: number | null = null,
) => new BffError(code, 400, null, [], retryAfter)

const setUp = (
  capabilities: Capabilities = { share: null, open: null },
  more: { openPath?: string } = {},
) => {
  const declare = jest.fn<Promise<void>, [unknown]>(async () => undefined)
  const undeclare = jest.fn(async () => undefined)
  const prepare = jest.fn(async () => share('S1'))
  const renewSession = jest.fn(async () => undefined)
  const states: DeclareState[] = []
  let now = NOW
  const page = createDeclareShare({
    platform: { capabilities, declare, undeclare } as unknown as SharePlatform,
    prepare,
    renewSession,
    fallback: FALLBACK,
    now: () => now,
    onChange: (state) => states.push(state),
    ...more,
  })
  const steps = () => states.map(({ step }) => step)
  return {
    page,
    declare,
    undeclare,
    prepare,
    renewSession,
    states,
    steps,
    at: (t: number) => void (now = t),
  }
}

/** A promise to settle by hand. */
const deferred = <T>() => {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((a, b) => ((resolve = a), (reject = b)))
  return { promise, resolve, reject }
}

describe('declaring a share', () => {
  it('leads to the page that the mini-program names, with the query of the service', async () => {
    const { page, prepare } = setUp(undefined, { openPath: '/packageA/pages/read' })
    prepare.mockResolvedValueOnce({ ...share('S1'), path: '/pages/open/index?s=S1&c=1' })
    await page.show()
    expect(page.message()).toEqual({ title: 'Title', path: '/packageA/pages/read?s=S1&c=1' })
  })

  it('is ready only after the platform took it', async () => {
    const { page, declare, states, steps } = setUp()
    const taken = deferred<void>()
    declare.mockReturnValueOnce(taken.promise)
    const shown = page.show()
    await Promise.resolve()
    expect(page.message()).toBe(FALLBACK)
    taken.resolve()
    await shown
    expect(declare).toHaveBeenCalledWith({ platform: 'wechat', activityId: 'ACT-S1' })
    expect(steps()).toEqual(['preparing', 'ready'])
    expect(states.at(-1)).toEqual({ step: 'ready', share: share('S1') })
    expect(page.message()).toEqual({ title: 'Title', path: '/pages/open/index?s=S1' })
  })

  it('lets nothing of the card out before', () => {
    const { page } = setUp()
    expect(page.state()).toEqual({ step: 'preparing' })
    expect(page.message()).toBe(FALLBACK)
  })

  it('declares the same share again when the page shows again', async () => {
    const { page, declare, prepare, steps } = setUp()
    await page.show()
    await page.show()
    expect(prepare).toHaveBeenCalledTimes(1)
    expect(declare).toHaveBeenCalledTimes(2)
    expect(steps()).toEqual(['preparing', 'ready', 'preparing', 'ready'])
  })

  it('asks for another share when the one at hand is nearly over', async () => {
    const { page, prepare, at } = setUp()
    await page.show()
    at(Date.parse('2026-01-07T23:30:00Z'))
    prepare.mockResolvedValueOnce(share('S2', '2026-01-15T00:00:00Z'))
    await page.show()
    expect(page.message().path).toBe('/pages/open/index?s=S2')
  })

  it('does not let out a share whose window closed while the page was open', async () => {
    const { page, prepare, at } = setUp()
    await page.show()
    at(Date.parse('2026-01-08T00:00:00Z'))
    prepare.mockResolvedValueOnce(share('S2', '2026-01-15T00:00:00Z'))
    expect(page.message()).toBe(FALLBACK)
    await page.show()
    expect(page.message().path).toBe('/pages/open/index?s=S2')
  })

  it('does it once, even after several calls at once', async () => {
    const { page, prepare, declare } = setUp()
    await Promise.all([page.show(), page.show(), page.retry()])
    expect(prepare).toHaveBeenCalledTimes(1)
    expect(declare).toHaveBeenCalledTimes(1)
  })

  it('logs in when the platform wants it, once', async () => {
    const { page, declare, renewSession, states } = setUp()
    declare.mockRejectedValueOnce(fault('login'))
    await page.show()
    expect(renewSession).toHaveBeenCalledTimes(1)
    expect(states.at(-1)?.step).toBe('ready')
    declare.mockRejectedValue(fault('login'))
    await page.show()
    expect(renewSession).toHaveBeenCalledTimes(2)
    expect(states.at(-1)).toMatchObject({ step: 'failed', reason: 'platform', canRetry: true })
  })

  it.each(['client-too-old', 'desktop'] as const)(
    'says %s before anything is tried',
    async (why) => {
      const { page, prepare, declare, states } = setUp({ share: why, open: null })
      await page.show()
      expect(states).toEqual([{ step: 'failed', reason: why, canRetry: false, retryAfter: null }])
      expect(prepare).not.toHaveBeenCalled()
      expect(declare).not.toHaveBeenCalled()
      expect(page.message()).toBe(FALLBACK)
    },
  )

  it.each([
    [bffError('ERR_CARD_REVOKED'), 'revoked', false],
    [bffError('ERR_CARD_EXPIRED'), 'expired', false],
    [bffError('ERR_NOT_FOUND'), 'not-found', false],
    [bffError('ERR_RATE_LIMITED', 30), 'rate-limited', true],
    [bffError('ERR_PLATFORM_UNAVAILABLE', 5), 'unreachable', true],
    [new BffUnreachable('x'), 'unreachable', true],
    [new Error('?'), 'unreachable', true],
    [fault('unsupported'), 'client-too-old', false],
    [fault('retry'), 'platform', true],
  ])('fails on %s as %s', async (error, reason, canRetry) => {
    const { page, prepare, states } = setUp()
    prepare.mockRejectedValueOnce(error)
    await page.show()
    const retryAfter = error instanceof BffError ? error.retryAfter : null
    expect(states.at(-1)).toEqual({ step: 'failed', reason, canRetry, retryAfter })
    await page.retry()
    expect(states.at(-1)?.step).toBe('ready')
  })

  it('keeps the share when only the declaration failed', async () => {
    const { page, prepare, declare } = setUp()
    declare.mockRejectedValueOnce(fault('retry'))
    await page.show()
    expect(page.message()).toBe(FALLBACK)
    await page.retry()
    expect(prepare).toHaveBeenCalledTimes(1)
  })
})

describe('leaving the page', () => {
  it('takes the declaration back, once', async () => {
    const { page, undeclare } = setUp()
    await page.show()
    page.leave()
    page.leave()
    expect(undeclare).toHaveBeenCalledTimes(1)
    expect(page.message()).toBe(FALLBACK)
  })

  it('has nothing to take back when nothing was declared, nor declares afterwards', async () => {
    const { page, prepare, declare, undeclare, steps } = setUp()
    const asked = deferred<Share>()
    prepare.mockReturnValueOnce(asked.promise)
    const shown = page.show()
    page.leave()
    asked.resolve(share('S1'))
    await shown
    await page.show()
    expect(declare).not.toHaveBeenCalled()
    expect(undeclare).not.toHaveBeenCalled()
    expect(steps()).toEqual(['preparing'])
  })

  it('takes back a declaration that is still on its way', async () => {
    const { page, declare, undeclare } = setUp()
    const taken = deferred<void>()
    declare.mockReturnValueOnce(taken.promise)
    const shown = page.show()
    await new Promise((resolve) => setImmediate(resolve))
    page.leave()
    taken.resolve()
    await shown
    expect(undeclare).toHaveBeenCalledTimes(1)
    expect(page.message()).toBe(FALLBACK)
  })

  it('survives a platform that cannot take it back', async () => {
    const { page, undeclare } = setUp()
    undeclare.mockRejectedValueOnce(fault('retry'))
    await page.show()
    expect(() => page.leave()).not.toThrow()
  })
})

describe('in any order of events', () => {
  const event = fc.constantFrom('show', 'retry', 'leave', 'message', 'wait')
  const outcome = fc.constantFrom('ok', 'retry', 'login', 'unsupported')

  it('nothing but the fallback leaves unless the last declaration was taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event), fc.array(outcome), async (events, outcomes) => {
        const { page, declare } = setUp()
        let inForce = false
        declare.mockImplementation(async () => {
          inForce = false
          const next = outcomes.shift() ?? 'ok'
          await Promise.resolve()
          if (next !== 'ok') throw fault(next)
          inForce = true
        })
        for (const name of events) {
          if (name === 'wait') await new Promise((resolve) => setImmediate(resolve))
          else if (name !== 'message') void page[name as 'show']()
          if (page.message() !== FALLBACK) expect(inForce).toBe(true)
        }
      }),
    )
  })
})

/** A card that is shared with one label after the other. */
describe('another label', () => {
  const labelled = () => {
    const made = setUp()
    const label = { now: 'A' }
    made.prepare.mockImplementation(async () => share(label.now))
    return { ...made, label }
  }

  it('is another share; the one before does not leave any more', async () => {
    const { page, declare, label } = labelled()
    await page.show()
    expect(page.message().path).toContain('s=A')
    label.now = 'B'
    const changed = page.change()
    expect(page.message()).toBe(FALLBACK)
    await changed
    expect(declare).toHaveBeenLastCalledWith({ platform: 'wechat', activityId: 'ACT-B' })
    expect(page.message().path).toContain('s=B')
  })

  it('wins over a share that is still being prepared', async () => {
    const { page, declare, prepare, label, states } = labelled()
    const slow = deferred<Share>()
    prepare.mockReturnValueOnce(slow.promise)
    const shown = page.show()
    label.now = 'B'
    const changed = page.change()
    slow.resolve(share('A'))
    await Promise.all([shown, changed])
    expect(declare).toHaveBeenCalledTimes(1)
    expect(page.message().path).toContain('s=B')
    expect(states.filter(({ step }) => step === 'ready')).toHaveLength(1)
  })

  it('wins over a declaration that is under way, and over its failure', async () => {
    const endings = [
      (taken: ReturnType<typeof deferred<void>>) => taken.resolve(),
      (taken: ReturnType<typeof deferred<void>>) => taken.reject(fault('retry')),
    ]
    for (const end of endings) {
      const { page, declare, label, steps } = labelled()
      const taken = deferred<void>()
      declare.mockReturnValueOnce(taken.promise)
      const shown = page.show()
      await Promise.resolve()
      await Promise.resolve()
      label.now = 'B'
      const changed = page.change()
      end(taken)
      await Promise.all([shown, changed])
      expect(declare).toHaveBeenLastCalledWith({ platform: 'wechat', activityId: 'ACT-B' })
      expect(page.message().path).toContain('s=B')
      expect(steps().filter((step) => step !== 'preparing')).toEqual(['ready'])
    }
  })

  it('is declared whenever it comes, also in the moment in which the one before is done', async () => {
    const { page, label } = labelled()
    const shown = page.show()
    for (let i = 0; i < 20; i++) {
      await Promise.resolve()
      label.now = `B${i}`
      void page.change()
    }
    await shown
    await page.change()
    expect(page.message().path).toContain('s=B19')
  })

  it('declares nothing after the page was left', async () => {
    const { page, declare } = labelled()
    await page.show()
    page.leave()
    await page.change()
    expect(declare).toHaveBeenCalledTimes(1)
  })
})
