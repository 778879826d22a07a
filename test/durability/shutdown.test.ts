import http from 'node:http'
import { countCases, scale } from '@sealcard/testing'
import { startLeanStack } from '../support/lean-stack.js'
import { Member } from '../support/member.js'

const RUNS = scale(1, 100)
const CLIENTS = 50
const REQUESTS_A_SECOND = 500
const WATCHED_MS = 50

/** Requests at a steady rate over kept-alive connections, as a balancer sends them, until the service is gone. */
class Load {
  readonly outcomes = new Map<string, number>()
  readonly #agent = new http.Agent({ keepAlive: true })
  readonly #clients: Promise<void>[]
  #over = false
  #ran = performance.now()
  /** Longest time that this process itself did not run, ms: what it then does says nothing of the service. */
  away = 0
  readonly #watch = setInterval(() => {
    const now = performance.now()
    this.away = Math.max(this.away, now - this.#ran - WATCHED_MS)
    this.#ran = now
  }, WATCHED_MS)

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {
    this.#clients = Array.from({ length: CLIENTS }, () => this.#client())
  }

  get answered(): number {
    return this.outcomes.get('answered') ?? 0
  }

  async end(): Promise<void> {
    this.#over = true
    await Promise.all(this.#clients)
    clearInterval(this.#watch)
    this.#agent.destroy()
  }

  async #client(): Promise<void> {
    while (!this.#over) {
      const pause = new Promise((resolve) =>
        setTimeout(resolve, (CLIENTS * 1000) / REQUESTS_A_SECOND),
      )
      const outcome = await this.#ask()
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
      // Refused: the service is gone, and a balancer asks another process.
      if (outcome === 'ECONNREFUSED') return
      await pause
    }
  }

  #ask(): Promise<string> {
    return new Promise((resolve) => {
      const headers = { authorization: `Bearer ${this.token}` }
      const asked = http.get(
        `${this.url}/v1/cards?box=sent`,
        { agent: this.#agent, headers },
        (answer) => {
          answer.resume()
          answer.on('end', () =>
            resolve(answer.statusCode === 200 ? 'answered' : `status ${answer.statusCode}`),
          )
          answer.on('error', () => resolve('cut in the body'))
        },
      )
      asked.on('error', (error: NodeJS.ErrnoException) => {
        const { code = 'unknown' } = error
        resolve(code === 'ECONNREFUSED' ? code : `${code} ${asked.reusedSocket ? 'reused' : 'new'}`)
      })
    })
  }
}

it(
  `C4 SIGTERM under ${REQUESTS_A_SECOND} requests a second, ${RUNS} times: nothing accepted is cut, and it is gone within 10 s`,
  async () => {
    const tell = countCases(RUNS)
    const stack = await startLeanStack()
    try {
      const lin = new Member('lin', 'wecom', stack.control, stack.bff.url)
      await lin.logIn()
      let asleep = 0
      for (let run = 0; run < RUNS;) {
        if (run + asleep > 0) await stack.bff.start()
        const load = new Load(stack.bff.url, lin.token)
        while (load.answered < 200) await new Promise((resolve) => setTimeout(resolve, 10))
        const from = performance.now()
        const gone = stack.bff.stop()
        // A terminal and a package manager both pass it on.
        process.kill(stack.bff.pid, 'SIGINT')
        await gone
        const took = performance.now() - from
        await load.end()
        // This process slept while the service closed its connections, and used a closed one: repeat the run.
        if (load.away > 1_000 && load.outcomes.has('ECONNRESET reused')) {
          expect(++asleep).toBeLessThanOrEqual(RUNS + 2)
          continue
        }
        const outcomes = Object.fromEntries(load.outcomes)
        const { answered, ECONNREFUSED, 'ECONNRESET new': reset = 0, ...bad } = outcomes
        expect(bad).toEqual({})
        // The kernel resets a queued connection that the service never accepted: at most one on a busy machine.
        expect(reset).toBeLessThanOrEqual(1)
        expect(answered).toBeGreaterThan(200)
        expect(stack.bff.exitCode).toBe(0)
        expect(took).toBeLessThan(10_000)
        tell(++run)
      }
    } finally {
      await stack.stop()
    }
  },
  scale(180_000, 3_600_000),
)
