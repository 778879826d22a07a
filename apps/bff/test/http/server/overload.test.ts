import { AuditLog } from '../../../src/audit/audit-log.js'
import { TIMERS, type Timers } from '../../../src/core/ports/timers.js'
import { ROOMY, WECHAT } from '../../kit/config.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { type Answer, TestApp } from '../../kit/test-app.js'

/** What the service bears at the same time: openings that run, and openings that wait for a place. */
const AT_ONCE = 256
const WAITING = 24
const TIMES = 10
/** A person has four places. */
const PEOPLE = AT_ONCE / 4
/** Seconds: a client that is refused may come again so soon. */
const RECOVERY = 5

describe('ten times more openings than the service bears', () => {
  let app: TestApp
  let open: (n: number) => Promise<Answer>
  let goOn: () => void

  beforeAll(async () => {
    app = await TestApp.start({ limits: { ...ROOMY, requestsWaiting: WAITING } })
    const { shareId, declared } = await app.shared(await app.login('owner', WECHAT))
    const tokens: string[] = []
    for (let n = 0; n < PEOPLE; n++) tokens.push(await app.login(`p${n}`))
    open = (n) => {
      const who = n % PEOPLE
      const body = wechatProof(key(`p${who}`), declared, `n${n}`)
      return app.call('POST', `/v1/shares/${shareId}/openings`, { token: tokens[who] ?? '', body })
    }
    // A request that waits gives up after a minute. A slow machine may need longer to refuse the others.
    jest.spyOn(app.nest.get<Timers>(TIMERS, { strict: false }), 'after').mockReturnValue(() => {})
    // The database is as slow as it can be: no group is written until the test says so.
    const audit = app.nest.get(AuditLog, { strict: false })
    const transact = audit.transact.bind(audit)
    const held = new Promise<void>((resolve) => (goOn = resolve))
    jest.spyOn(audit, 'transact').mockImplementation(async (...work) => {
      await held
      return transact(...work)
    })
  })
  afterAll(async () => {
    goOn()
    await app.stop()
  })

  test('are refused at once with 503 beyond what runs and waits; the others are served, and then everybody is', async () => {
    const refused: Answer[] = []
    const served: Answer[] = []
    const over = TIMES * (AT_ONCE + WAITING) - (AT_ONCE + WAITING)
    let all: Promise<unknown> = Promise.resolve()
    await new Promise<void>((allRefused) => {
      const one = async (n: number) => {
        const answer = await open(n)
        ;(answer.status === 503 ? refused : served).push(answer)
        if (refused.length === over) allRefused()
      }
      all = Promise.all(Array.from({ length: TIMES * (AT_ONCE + WAITING) }, (_, n) => one(n)))
    })
    expect(served).toEqual([])
    for (const { body, headers } of refused) {
      expect(body.code).toBe('ERR_STORAGE_UNAVAILABLE')
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(RECOVERY)
    }
    // Others do not notice.
    expect((await app.call('GET', '/healthz')).status).toBe(200)

    goOn()
    await all
    expect(refused).toHaveLength(over)
    expect(served.map(({ status }) => status)).toEqual(Array(AT_ONCE + WAITING).fill(201))
    const again = Array.from({ length: PEOPLE }, (_, n) => open(1_000_000 + n))
    expect((await Promise.all(again)).map(({ status }) => status)).toEqual(Array(PEOPLE).fill(201))
  })
})
