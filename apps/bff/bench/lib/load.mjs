import { readFileSync } from 'node:fs'
import { Agent } from 'undici'
import { spread } from './figures.mjs'

/**
 * A client of one server with few costs of its own: the generator shares the machine with what it measures.
 * @param {number} port @param {number} [connections] at most: more than run and wait in the service, so that the service must refuse some
 * @returns `send` resolves with status 0 where no answer came
 */
export const clientOf = (port, connections = 2000) => {
  const agent = new Agent({
    connections,
    pipelining: 1,
    headersTimeout: 70_000,
    bodyTimeout: 70_000,
  })
  const origin = `http://127.0.0.1:${port}`
  /** @returns {Promise<{status: number, text: string}>} */
  const send = (method, path, { token, body } = {}) =>
    new Promise((resolve) => {
      const headers = {}
      if (token !== undefined) headers.authorization = `Bearer ${token}`
      if (body !== undefined) headers['content-type'] = 'application/json'
      let status = 0
      const chunks = []
      agent.dispatch(
        { origin, method, path, headers, body },
        {
          onRequestStart() {},
          onResponseStart(_controller, code) {
            status = code
          },
          onResponseData(_controller, chunk) {
            chunks.push(chunk)
          },
          onResponseEnd() {
            const [only = ''] = chunks
            resolve({ status, text: String(chunks.length > 1 ? Buffer.concat(chunks) : only) })
          },
          onResponseError() {
            resolve({ status: 0, text: '' })
          },
        },
      )
    })
  return { send, close: () => void agent.destroy().catch(() => {}) }
}

/** Processor time of a process so far, ms; Linux counts it in hundredths of a second. */
export const cpuOf = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) * 10
}

/**
 * `count` requests, `atOnce` at a time: each begins when one before it has its answer. A wrong answer ends the run.
 * @param {{ask: (n: number) => Promise<void>, pids: number[]}} side
 */
export const closedLoop = async ({ ask, pids }, { from = 0, count, atOnce }) => {
  const ms = []
  let next = from
  const one = async () => {
    while (next < from + count) {
      const start = performance.now()
      await ask(next++)
      ms.push(performance.now() - start)
    }
  }
  const cpu = () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0)
  const [start, before] = [performance.now(), cpu()]
  await Promise.all(Array.from({ length: atOnce }, one))
  const took = performance.now() - start
  return { rate: (count / took) * 1000, cpu: (cpu() - before) / count, ...spread(ms) }
}

/**
 * Requests that are due at a rate, whether or not those before were answered. A latency counts from when the request was
 * due: a server or a generator that falls behind makes it longer, never shorter.
 * @param {(n: number) => Promise<string>} ask resolves with '' or with what is wrong
 */
export const openLoop = async (ask, { rate, ms: duration, from = 0 }) => {
  const ms = []
  const wrong = {}
  const open = new Set()
  const count = Math.floor((rate * duration) / 1000)
  const start = performance.now()
  const one = async (n, due) => {
    const problem = await ask(n)
    if (problem === '') ms.push(performance.now() - due)
    else wrong[problem] = (wrong[problem] ?? 0) + 1
  }
  for (let sent = 0; sent < count;) {
    const now = performance.now()
    for (let due; sent < count && (due = start + (sent * 1000) / rate) <= now; sent++) {
      const running = one(from + sent, due)
      open.add(running)
      void running.then(() => open.delete(running))
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(open)
  const took = performance.now() - start
  const errors = Object.values(wrong).reduce((sum, n) => sum + n, 0)
  return { offered: rate, answered: (ms.length / took) * 1000, errors, wrong, ...spread(ms) }
}
