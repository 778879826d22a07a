import { SeededRandom } from '@sealcard/testing'
import { DayCountEntity, HourCountEntity } from '../../../src/admin/stats/counts.entities.js'
import { DailyRollup } from '../../../src/admin/stats/daily-rollup.js'
import { DAY, HOUR } from '../../../src/core/time.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof, wecomProof } from '../../kit/proofs.js'
import type { TestApp } from '../../kit/test-app.js'

/** As people in China call the day of a moment. */
const dayOf = (ms: number) => new Date(ms + 8 * HOUR).toISOString().slice(0, 10)

interface Tally {
  made: number
  revoked: number
  expired: number
  granted: number
  refused: number
  rejected: number
  byReason: Record<string, number>
  viewers: Set<string>
}

/** What the test itself saw happen, by app and day. */
class Ledger {
  readonly #days = new Map<string, Tally>()

  of(app: string, ms: number): Tally {
    const name = `${app} ${dayOf(ms)}`
    const tally = this.#days.get(name) ?? {
      made: 0,
      revoked: 0,
      expired: 0,
      granted: 0,
      refused: 0,
      rejected: 0,
      byReason: {},
      viewers: new Set<string>(),
    }
    this.#days.set(name, tally)
    return tally
  }

  day(apps: readonly string[], day: string) {
    const all = apps.map((app) => this.of(app, Date.parse(`${day}T00:00:00+08:00`)))
    const sum = (pick: (tally: Tally) => number) => all.reduce((n, one) => n + pick(one), 0)
    const byReason: Record<string, number> = {}
    for (const one of all)
      for (const [reason, n] of Object.entries(one.byReason))
        byReason[reason] = (byReason[reason] ?? 0) + n
    return {
      day,
      cards: {
        made: sum((one) => one.made),
        revoked: sum((one) => one.revoked),
        expired: sum((one) => one.expired),
      },
      openings: {
        granted: sum((one) => one.granted),
        refused: sum((one) => one.refused),
        rejected: sum((one) => one.rejected),
        byReason,
      },
      viewers: sum((one) => one.viewers.size),
    }
  }
}

export const statsSuite = () => {
  let app: TestApp
  let beside: TestApp
  const ledger = new Ledger()
  let start: number

  const fold = (which = app) => which.nest.get(DailyRollup, { strict: false }).run()
  const stats = async (query = '') => {
    const answer = await asAdmin(app, 'GET', `stats${query}`)
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 })
    return answer.body
  }
  const days = (from: number, to: number) => {
    const names: string[] = []
    for (let at = from; dayOf(at) <= dayOf(to); at += DAY) names.push(dayOf(at))
    return names
  }

  /** Some days of two apps, in two processes at once: cards made, revoked, running out, opened and refused. */
  const live = async (dayCount: number, step = 17 * HOUR, people = ['p0', 'p1', 'p2', 'p3']) => {
    const random = new SeededRandom(6)
    for (let day = 0; day < dayCount; day++) {
      for (const appId of [WECHAT, WECOM]) {
        const wecom = appId === WECOM
        const either = () => random.pick([app, beside])
        const tokens = new Map<string, string>()
        for (const person of people) tokens.set(person, await either().login(person, appId))
        const owner = await either().login('owner', appId)
        const ends = app.clock.now() + 5 * HOUR
        const policy = random.below(2) ? { expiresAt: new Date(ends).toISOString() } : {}
        const shared = await either().shared(owner, { policy })
        ledger.of(appId, app.clock.now()).made += 1
        if ('expiresAt' in policy) ledger.of(appId, ends).expired += 1
        const opening = async (person: string, good: boolean, nonce: string) => {
          const proof = wecom
            ? wecomProof(key(person), shared.declared, person, nonce)
            : wechatProof(key(person), shared.declared, nonce)
          const sent = good ? proof : { encryptedData: 'AAAA', iv: 'AAAA' }
          const answer = await either().open(tokens.get(person) ?? '', shared.shareId, sent)
          const tally = ledger.of(appId, app.clock.now())
          if (answer.status === 201) {
            tally.granted += 1
            tally.viewers.add(`${appId} ${person}`)
            return
          }
          const proven = answer.body.code !== 'ERR_PROOF_REJECTED'
          tally[proven ? 'refused' : 'rejected'] += 1
          const reason = proven ? 'card_revoked' : 'proof_not_opened'
          tally.byReason[reason] = (tally.byReason[reason] ?? 0) + 1
        }
        await Promise.all(
          Array.from({ length: 8 }, (_, i) =>
            opening(random.pick(people), random.below(3) > 0, `${day} ${i}`),
          ),
        )
        if (random.below(2) && !('expiresAt' in policy)) {
          await either().call('POST', `/v1/cards/${shared.cardId}/revoke`, { token: owner })
          ledger.of(appId, app.clock.now()).revoked += 1
          await opening(random.pick(people), true, `${day} late`)
        }
      }
      app.clock.advance(step)
    }
  }

  beforeAll(async () => {
    app = await startAdmin()
    beside = await app.beside()
    start = app.clock.now()
    await live(5)
  })
  afterAll(async () => {
    await beside.nest.close()
    await app.stop()
  })

  /** The figures of each day, in total and for each app, equal what happened. */
  const exact = async () => {
    const now = app.clock.now()
    const range = `from=${new Date(start).toISOString()}&to=${new Date(now).toISOString()}`
    const names = days(start, now)
    for (const apps of [[WECHAT, WECOM], [WECHAT], [WECOM]]) {
      const told = await stats(`?${range}${apps.length === 1 ? `&app=${apps[0]}` : ''}`)
      expect(told.days).toEqual(names.map((day) => ledger.day(apps, day)))
      const granted = names.reduce((n, day) => n + ledger.day(apps, day).openings.granted, 0)
      expect(told.total.openings.granted).toBe(granted)
      expect(granted).toBeGreaterThan(0)
    }
    return names.length
  }

  test('are exact while nothing is folded', async () => {
    expect(await app.storage.manager.count(DayCountEntity)).toBe(0)
    await exact()
  })

  test('are exact after the days that are over were folded, by two processes at once, once each', async () => {
    const folded = await Promise.all([fold(), fold(beside), fold(), fold(beside)])
    const days = await app.storage.manager.countBy(DayCountEntity, { what: 'folded' })
    expect(folded.reduce((sum, n) => sum + n, 0)).toBe(days)
    const told = await exact()
    expect(days).toBeGreaterThanOrEqual(told - 2)
    expect(await fold()).toBe(0)
  })

  test('are exact while the hours of the present day are folded, one after another, by two processes', async () => {
    const hours = (what: string) => app.storage.manager.countBy(HourCountEntity, { what })
    app.clock.advance(DAY - ((app.clock.now() + 8 * HOUR) % DAY))
    for (let n = 0; n < 4; n++) {
      // One person comes back every hour, another one comes for the first time.
      await live(1, 5 * HOUR, ['p0', `q${n}`])
      await Promise.all([fold(), fold(beside)])
    }
    app.clock.advance(2 * HOUR)
    await live(1, HOUR / 2, ['p0'])
    await fold()
    expect(await hours('folded')).toBe(21)
    expect(await hours('viewers')).toBeGreaterThan(4)
    await exact()
    app.clock.advance(2 * DAY)
    await Promise.all([fold(), fold(beside)])
    expect(await hours('folded')).toBeGreaterThan(0)
    await exact()
  })

  test('stay when what they were counted from is gone', async () => {
    app.clock.advance(2 * DAY)
    await fold()
    const before = (await stats(`?from=${new Date(start).toISOString()}`)).days.slice(0, 5)
    app.clock.advance(190 * DAY)
    await app.nest.get(RetentionService).run()
    const [{ n }] = await app.storage.query('SELECT COUNT(*) AS n FROM openings')
    expect(Number(n)).toBe(0)
    await fold()
    const after = (await stats(`?from=${new Date(start).toISOString()}`)).days.slice(0, 5)
    expect(after).toEqual(before)
    expect(before.some(({ viewers }: { viewers: number }) => viewers > 0)).toBe(true)
  })

  test('are of the last thirty days unless asked, zeros and all', async () => {
    const { days: told, offset } = await stats()
    expect(offset).toBe('+08:00')
    expect(told).toHaveLength(30)
    expect(told.at(-1)).toEqual(ledger.day([], dayOf(app.clock.now())))
  })

  test.each([
    ['from=2024-01-01T00:00:00Z&to=2025-06-01T00:00:00Z', 'from'],
    ['from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
    ['from=x', 'from'],
    ['by=hour', 'by'],
  ])('?%s is refused', async (query, path) => {
    const answer = await asAdmin(app, 'GET', `stats?${query}`)
    expectProblem(answer, 'ERR_INPUT')
    expect(answer.body.issues[0].path).toBe(path)
  })

  describe('after a clock that was ahead has been put right', () => {
    const marks = () => app.storage.manager.countBy(DayCountEntity, { what: 'folded' })
    const madeOn = async (day: string) => {
      const at = `${day}T00:00:00Z`
      return (await stats(`?from=${at}&to=${at}`)).days[0].cards.made
    }

    test.each([
      ['hours', 3 * HOUR],
      ['days', 10 * DAY],
    ])('by %s, what happens is counted', async (_, ahead) => {
      app.clock.advance(DAY + HOUR - ((app.clock.now() + 8 * HOUR) % DAY))
      const day = dayOf(app.clock.now())
      await app.shared(await app.login('p0'))
      app.clock.advance(ahead)
      await Promise.all([fold(), fold(beside)])
      app.clock.advance(1 - ahead)
      await app.shared(await app.login('p0'))
      await Promise.all([fold(), fold(beside)])
      expect(await madeOn(day)).toBe(2)
      app.clock.advance(HOUR)
      await app.shared(await app.login('p0'))
      expect(await madeOn(day)).toBe(3)
      app.clock.advance(2 * DAY)
      await Promise.all([fold(), fold(beside)])
      expect(await madeOn(day)).toBe(3)
    })

    test('none of what is counted is forgotten by a clock that is far behind', async () => {
      await fold()
      const before = await marks()
      app.clock.advance(-100 * DAY)
      await fold()
      expect(await marks()).toBe(before)
      app.clock.advance(100 * DAY)
    })
  })
}
