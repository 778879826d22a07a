import type { Declaration } from '@sealcard/protocol'
import { PlatformError } from '../../src/platform-error.js'
import type { PlatformKind, SharePlatform } from '../../src/platform.js'

/** How a client takes one call: it answers with these fields, it fails, it throws, or it says nothing for ever. */
export type Play = { ok: object } | 'denied' | 'fails' | 'throws' | 'silence'

export interface PlatformUnderTest {
  platform: SharePlatform
  /** Decides how the client takes the calls of this kind from now on. */
  play(call: 'declare' | 'ticket' | 'prove', how: Play): void
  /** What reached the client for this kind, in order. */
  seen(call: 'declare' | 'ticket' | 'prove'): unknown[]
}

const DECLARATIONS: Record<PlatformKind, Declaration> = {
  wechat: { platform: 'wechat', activityId: 'ACT' },
  wecom: { platform: 'wecom', state: 'STATE' },
}
const other = (kind: PlatformKind) => DECLARATIONS[kind === 'wecom' ? 'wechat' : 'wecom']

/** What every platform of the kit keeps, whatever client it speaks to. `docs/extending/platform.md` names it. */
export const describePlatform = (name: string, make: () => PlatformUnderTest): void => {
  describe(`${name} is a platform of the kit`, () => {
    const faultOf = (work: Promise<unknown>) =>
      work.then(
        () => 'resolved',
        (error: unknown) => (error instanceof PlatformError ? error.fault : 'no PlatformError'),
      )
    const call = (platform: SharePlatform, which: 'declare' | 'ticket' | 'prove') => {
      if (which === 'declare') return platform.declare(DECLARATIONS[platform.kind])
      return which === 'ticket' ? platform.ticket() : platform.prove({ shareTicket: 'T' })
    }

    it('shares and opens where nothing stands in the way', () => {
      expect(make().platform.capabilities).toEqual({ share: null, open: null })
    })

    it('declares before the client is asked for anything else, and once', async () => {
      const { platform, seen } = make()
      await platform.declare(DECLARATIONS[platform.kind])
      expect(seen('declare')).toHaveLength(1)
      expect(JSON.stringify(seen('declare'))).toContain(platform.kind === 'wecom' ? 'STATE' : 'ACT')
    })

    it('does not declare what belongs to another platform', async () => {
      const { platform, seen } = make()
      expect(await faultOf(platform.declare(other(platform.kind)))).toBe('unsupported')
      expect(seen('declare')).toEqual([])
    })

    it('keeps the order of declarations', async () => {
      const { platform, seen } = make()
      const declaration = DECLARATIONS[platform.kind]
      const all = [
        platform.declare(declaration),
        platform.undeclare(),
        platform.declare(declaration),
      ]
      await Promise.all(all)
      const order = seen('declare').map((args) => JSON.stringify(args))
      expect(order[0]).toBe(order.at(-1))
    })

    it('takes nothing back where nothing was declared, and does not fail', async () => {
      await expect(make().platform.undeclare()).resolves.toBeUndefined()
    })

    it('gives the proof as it is, and nothing with it', async () => {
      const { platform, play } = make()
      play('prove', { ok: { valid: true, encryptedData: 'D', iv: 'I', more: 1 } })
      expect(await platform.prove({ shareTicket: 'T' })).toEqual({ encryptedData: 'D', iv: 'I' })
    })

    it('takes an answer without a proof neither for a proof nor for a login', async () => {
      for (const ok of [{ valid: true }, { valid: true, encryptedData: 'D' }]) {
        const { platform, play } = make()
        play('prove', { ok })
        expect(await faultOf(platform.prove({ shareTicket: 'T' }))).toMatch(
          /^(retry|not-recipient)$/,
        )
      }
    })

    it("calls the client's no a no", async () => {
      const { platform, play } = make()
      play('prove', 'denied')
      expect(await faultOf(platform.prove({ shareTicket: 'T' }))).toBe('not-recipient')
    })

    it('asks again after a failure: nothing is remembered of it', async () => {
      const { platform, play } = make()
      play('prove', 'denied')
      await faultOf(platform.prove({ shareTicket: 'T' }))
      play('prove', { ok: { valid: true, encryptedData: 'D', iv: 'I' } })
      expect(await faultOf(platform.prove({ shareTicket: 'T' }))).toBe('resolved')
    })

    it.each(['throws', 'silence'] as const)(
      'a client that %s says nothing about the person',
      async (how) => {
        jest.useFakeTimers()
        try {
          for (const which of ['declare', 'prove'] as const) {
            const { platform, play } = make()
            play(which, how)
            const fault = faultOf(call(platform, which))
            await jest.advanceTimersByTimeAsync(60_000)
            expect(await fault).toBe('retry')
          }
        } finally {
          jest.useRealTimers()
        }
      },
    )

    it('a declaration that fails is no declaration', async () => {
      const { platform, play } = make()
      play('declare', 'fails')
      expect(await faultOf(call(platform, 'declare'))).toBe('retry')
    })
  })
}
