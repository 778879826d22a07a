import pg from 'pg'
import { median } from '../lib/figures.mjs'
import { clientOf, closedLoop, openLoop } from '../lib/load.mjs'
import { startService } from '../lib/seeded.mjs'
import { startBare, strictly } from '../lib/servers.mjs'
import { bareOpening, worldOf } from '../lib/world.mjs'

const COUNTS = [1, 2, 4]

/** Several processes on one PostgreSQL, behind a proxy that deals out connections in turn. */
const startGroup = async (url, platform, count) => {
  const all = []
  for (let n = 0; n < count; n++) all.push(await startService(url, platform.apiBase))
  const proxy = await startBare('round-robin.mjs', {
    TARGETS: all.map(({ port }) => port).join(','),
  })
  const client = clientOf(proxy.port, 128)
  return {
    all,
    send: client.send,
    async stop() {
      client.close()
      await proxy.stop()
      for (const one of all) await one.stop()
    },
  }
}

/** What one process, two and four do on one database, each group in turn; beside one durable insert for each request. */
export const processes = async ({ say, platform, full, keep, postgres }) => {
  if (!postgres) return []
  const rounds = full ? 5 : 2
  const openings = full ? 6000 : 2000
  const store = await postgres.database('inserts')
  const inserts = keep(await startBare('bare-fastify.mjs', { STORE: store }))
  const fastify = keep(await startBare('bare-fastify.mjs'))
  const sides = [
    {
      name: 'Fastify, opening without storage',
      ask: bareOpening(fastify.send),
      pids: fastify.pids,
    },
    { name: 'Fastify, one durable insert', ask: bareOpening(inserts.send), pids: inserts.pids },
  ]
  for (const count of COUNTS) {
    const url = await postgres.database(`processes_${count}`)
    const group = keep(await startGroup(url, platform, count))
    const world = await worldOf(group.send)
    const pids = group.all.map(({ pid }) => pid)
    const name = `processes: ${count}`
    sides.push({ name: `${name}, one card`, count, ask: world.opening, pids })
    sides.push({ name: `${name}, many cards`, count, ask: world.openingOfMany, pids })
  }
  for (const one of sides) {
    Object.assign(one, { ask: strictly(one.ask), results: [] })
    await closedLoop(one, { count: openings, atOnce: 128 })
  }
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}`)
    for (const one of round % 2 ? sides.toReversed() : sides)
      one.results.push(
        await closedLoop(one, { from: openings * (1 + round), count: openings, atOnce: 128 }),
      )
  }
  const of = (one, key) => median(one.results.map((result) => result[key]))
  return sides.map((one) => ({
    name: one.name,
    processes: one.count,
    rate: of(one, 'rate'),
    cpu: of(one, 'cpu'),
    p50: of(one, 'p50'),
    p99: of(one, 'p99'),
    ofFastify: median(one.results.map(({ rate }, i) => rate / sides[0].results[i].rate)),
  }))
}

/** How long the last part lasts, in parts: a database takes its time to be back. */
const LAST = 5

/** The longest time without a good answer in each part of a run, ms. */
const gapsOf = (times, marks, end) =>
  marks.map(([what, from], i) => {
    const to = marks[i + 1]?.[1] ?? end
    const inside = [from, ...times.filter((at) => at >= from && at < to), to]
    return { what, gap: Math.max(...inside.slice(1).map((at, k) => at - inside[k])) }
  })

/** Two processes under a steady load: one is killed and comes back, then the database restarts. Nothing answered is lost. */
export const failures = async ({ say, platform, full, keep, postgres }) => {
  if (!postgres) return undefined
  const part = full ? 15_000 : 4_000
  const rate = 100
  const url = await postgres.database('failures')
  const group = keep(await startGroup(url, platform, 2))
  const world = await worldOf(group.send)
  await closedLoop({ ask: strictly(world.opening), pids: [] }, { count: 500, atOnce: 32 })
  const good = []
  const start = performance.now()
  const marks = [['quiet', start]]
  const ask = async (n) => {
    const wrong = await world.opening(1000 + n)
    if (wrong === '') good.push(performance.now())
    return wrong
  }
  const running = openLoop(ask, { rate, ms: (2 + LAST) * part })
  const pause = () => new Promise((resolve) => setTimeout(resolve, part))
  await pause()
  marks.push(['one of two processes killed', performance.now()])
  await group.all[1].kill()
  await pause()
  marks.push(['the database restarted', performance.now()])
  await postgres.restart()
  const back = performance.now()
  say(`the database is back after ${Math.round(back - marks.at(-1)[1])} ms`)
  const { errors, wrong } = await running
  const first = good.find((at) => at > back)
  if (first === undefined) throw new Error('no opening after the database was back')
  const gaps = gapsOf(good, marks, performance.now())
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query('SELECT id FROM openings')
  await client.end()
  const stored = new Set(rows.map(({ id }) => id))
  const lost = world.opened.filter((id) => !stored.has(id)).length
  if (lost > 0) throw new Error(`${lost} openings were answered and are not there`)
  say(`${world.opened.length} answered, all there; ${errors} errors`)
  const sent = Math.floor((rate * (2 + LAST) * part) / 1000)
  return { rate, sent, errors, wrong, lost, gaps, afterDatabaseMs: first - back }
}
