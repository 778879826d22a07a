// Durable openings a second, many people at once, beside a Fastify that stores nothing. Both are warm, and take turns.
// DATABASE_URL names an empty database, else a SQLite file of the bench's own; BENCH_MAIN another build of the service.
import { createCipheriv, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../../scripts/lib/ports.mjs'
import { service } from '../../../scripts/lib/service.mjs'
import { client, spread } from './lib/http.mjs'
import { sharedCard } from './lib/openings.mjs'
import { startService } from './lib/seeded.mjs'
import { sessionKey, startWecom } from './lib/wecom.mjs'

const AT_ONCE = Number(process.env.AT_ONCE ?? 64)
const ROUNDS = Number(process.env.ROUNDS ?? 3)
/** Requests to one server before the turn of the other. */
const TURN = Number(process.env.OPENINGS ?? 1000)
const WARM_UP = Number(process.env.WARM_UP ?? 2000)
const READERS = 200

/** Processor time of a process so far, ms; Linux counts it in hundredths of a second. */
const cpuOf = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) * 10
}

/** `count` of them, some at once; each begins when one before it has its answer. */
const closedLoop = async ({ open, pid }, from, count) => {
  const ms = []
  let next = from
  const one = async () => {
    while (next < from + count) ms.push(await open(next++))
  }
  const [start, cpu] = [performance.now(), cpuOf(pid)]
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  const took = performance.now() - start
  const { p50, p99 } = spread(ms)
  return { rate: (count / took) * 1000, cpu: (cpuOf(pid) - cpu) / count, p50, p99 }
}

const startFastify = async () => {
  const port = await freePort(0)
  const main = path.join(import.meta.dirname, 'lib/bare-fastify.mjs')
  const started = service('Fastify', [main], { PORT: String(port) })
  await started.ready
  const ask = client(port)
  const body = () => {
    const iv = randomBytes(16)
    const cipher = createCipheriv('aes-128-cbc', sessionKey, iv)
    const info = JSON.stringify({ chatId: 'chat', state: 'x'.repeat(22), curReceiver: 'bench-1' })
    const data = Buffer.concat([cipher.update(info), cipher.final()])
    return { encryptedData: data.toString('base64'), iv: iv.toString('base64') }
  }
  const open = async () => (await ask('POST', '/v1/shares/x/openings', { body: body() })).ms
  return { open, pid: started.pid, stop: () => started.stop() }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-bench-'))
const platform = await startWecom()
const stops = []
try {
  const url = process.env.DATABASE_URL ?? `sqlite:${path.join(dir, 'bench.sqlite')}`
  const bff = await startService(url, platform.apiBase)
  stops.push(bff.stop)
  const { open } = await sharedCard(bff.port, READERS)
  const ours = { open, pid: bff.pid }
  const fastify = await startFastify()
  stops.push(fastify.stop)
  // Code that has run before is what a service in use runs.
  await closedLoop(ours, 0, WARM_UP)
  await closedLoop(fastify, 0, WARM_UP * 2)
  const rounds = []
  for (let n = 0; n < ROUNDS; n++)
    rounds.push([
      await closedLoop(ours, WARM_UP + n * TURN, TURN),
      await closedLoop(fastify, 0, TURN * 4),
    ])
  console.log(
    `${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}, ${AT_ONCE} at once`,
  )
  for (const [i, what] of ['openings', 'Fastify'].entries()) {
    const of = (key) => median(rounds.map((round) => round[i][key]))
    console.log(
      `${what}: ${Math.round(of('rate'))}/s, ${of('cpu').toFixed(3)} ms of processor each, p50 ${of('p50').toFixed(1)} ms, p99 ${of('p99').toFixed(1)} ms`,
    )
  }
  const ratio = (key) => median(rounds.map(([a, b]) => a[key] / b[key]))
  console.log(
    `of a warm Fastify: ${ratio('rate').toFixed(3)}; its processor time: ${(1 / ratio('cpu')).toFixed(3)}`,
  )
} finally {
  for (const stop of stops) await stop()
  platform.close()
  rmSync(dir, { recursive: true, force: true })
}
