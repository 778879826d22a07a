import path from 'node:path'
import { median } from '../lib/figures.mjs'
import { closedLoop } from '../lib/load.mjs'
import { fill } from '../lib/fill.mjs'
import { startBare, startOurs, strictly } from '../lib/servers.mjs'
import { bareOpening, health } from '../lib/world.mjs'

const FILLED = 100_000

/** The service on a database with so many openings in it. @param [main] another build of it */
const startFilled = async (url, platform, main) => {
  const first = await startOurs(url, platform, main)
  await strictly(first.world.opening)(0)
  await first.stop()
  await fill(url, FILLED)
  return startOurs(url, platform, main)
}

const besideOf = (name) =>
  name.includes('/healthz') ? 'Fastify, /healthz' : 'Fastify, opening without storage'

/**
 * What each kind of request costs, beside servers that do less. All take turns in one run, so a busy moment of the machine
 * hits all of them alike: the ratios say more than the rates.
 */
export const stack = async ({ say, dir, platform, full, keep }) => {
  const rounds = full ? 7 : 3
  const scale = full ? 3 : 1
  const bare = keep(await startBare('bare-http.mjs'))
  const fastify = keep(await startBare('bare-fastify.mjs'))
  const store = `sqlite:${path.join(dir, 'inserts.sqlite')}`
  const inserts = keep(await startBare('bare-fastify.mjs', { STORE: store }))
  say(`adding openings to make ${FILLED.toLocaleString('en')}`)
  const ours = keep(await startFilled(`sqlite:${path.join(dir, 'stack.sqlite')}`, platform))
  const { world } = ours
  const side = (name, server, ask, count, atOnce = 128) => ({
    name,
    atOnce,
    count: count * scale,
    ask: strictly(ask),
    pids: server.pids,
    results: [],
  })
  const sides = [
    side('node:http, /healthz', bare, health(bare.send), 6000),
    side('Fastify, /healthz', fastify, health(fastify.send), 6000),
    side('Fastify, opening without storage', fastify, bareOpening(fastify.send), 4000),
    side('Fastify, one durable insert', inserts, bareOpening(inserts.send), 1500),
    side('/healthz', ours, world.health, 6000),
    side('list', ours, world.list, 1500, 32),
    side('opening', ours, world.opening, 2000),
    side('opening, one at a time', ours, world.opening, 200, 1),
    side('login', ours, world.login, 400),
    side('callback', ours, world.callback, 400),
  ]
  if (process.env.BENCH_BEFORE) {
    const file = `sqlite:${path.join(dir, 'before.sqlite')}`
    const before = keep(await startFilled(file, platform, process.env.BENCH_BEFORE))
    const { opening, list } = before.world
    const build = 'the build of BENCH_BEFORE'
    sides.push(side(`opening, ${build}`, before, opening, 2000))
    sides.push(side(`opening, one at a time, ${build}`, before, opening, 200, 1))
    sides.push(side(`list, ${build}`, before, list, 500, 32))
  }
  say('warming up')
  // Code that has run before is what a service in use runs.
  for (const one of sides) await closedLoop(one, { count: one.count * 2, atOnce: one.atOnce })
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}`)
    for (const one of round % 2 ? sides.toReversed() : sides)
      one.results.push(
        await closedLoop(one, {
          from: one.count * (2 + round),
          count: one.count,
          atOnce: one.atOnce,
        }),
      )
  }
  const of = (one, key) => median(one.results.map((result) => result[key]))
  const by = Object.fromEntries(sides.map((one) => [one.name, one]))
  const ratio = (one, beside) =>
    median(one.results.map(({ rate }, i) => rate / by[beside].results[i].rate))
  return sides.map((one) => ({
    name: one.name,
    atOnce: one.atOnce,
    rate: of(one, 'rate'),
    cpu: of(one, 'cpu'),
    p50: of(one, 'p50'),
    p99: of(one, 'p99'),
    // One at a time, a rate says how long one takes, and not what a server bears.
    ...(one.atOnce > 1 && { ofFastify: ratio(one, besideOf(one.name)) }),
  }))
}
