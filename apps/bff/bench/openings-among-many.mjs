// H4: an opening takes no longer beside ten million others than in an empty database; limit: p99 within 20 %.
// Two services at once, asked in turn, so that a busy moment of the machine hits both. SEEDED as in admin-lists.mjs;
// the openings of this run stay in that database.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { spread } from './lib/http.mjs'
import { sharedCard } from './lib/openings.mjs'
import { seededDatabase, startService } from './lib/seeded.mjs'
import { startWecom } from './lib/wecom.mjs'

const OPENINGS = Number(process.env.OPENINGS ?? (process.env.SEEDED ? 6_000 : 600))
/** Of one service before the other one's turn. */
const TURN = 50
/** At the same time. */
const TOGETHER = 4
const READERS = 50
const LIMIT = 1.2

const platform = await startWecom()

/** A service with a shared card and people who open it. */
const world = async (url) => {
  const bff = await startService(url, platform.apiBase)
  const { open } = await sharedCard(bff.port, READERS)
  const ms = []
  return { ms, stop: bff.stop, open: async (n) => void ms.push(await open(n)) }
}

const turn = async ({ open }, from) => {
  let next = from
  const one = async () => {
    while (next < from + TURN) await open(next++)
  }
  await Promise.all(Array.from({ length: TOGETHER }, one))
}

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-bench-'))
const seeded = seededDatabase({ cards: 5_000, openings: 50_000 })
const worlds = []
try {
  worlds.push(await world(`sqlite:${path.join(dir, 'empty.sqlite')}`), await world(seeded.url))
  // Code that has run before is what a service in use runs.
  for (const one of worlds) {
    for (let i = 0; i < 4; i++) await turn(one, i * TURN)
    one.ms.length = 0
  }
  for (let n = 0; n < OPENINGS; n += TURN) {
    // Whoever comes second finds a warmer machine: they take turns at that, too.
    for (const one of (n / TURN) % 2 ? worlds.toReversed() : worlds) await turn(one, n)
  }
  const [empty, full] = worlds.map(({ ms }) => spread(ms))
  console.log(
    `${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}, ${OPENINGS} openings each, ${TOGETHER} at a time, ms`,
  )
  for (const [what, { p50, p95, p99 }] of [
    ['empty database', empty],
    ['seeded database', full],
  ])
    console.log(`${what}: p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, p99 ${p99.toFixed(1)}`)
  const ratio = full.p99 / empty.p99
  const verdict = ratio <= LIMIT ? 'within 20 %' : 'more than 20 % slower'
  console.log(
    `p99 ratio ${ratio.toFixed(2)}, p50 ratio ${(full.p50 / empty.p50).toFixed(2)}: ${verdict}`,
  )
  // A small run beside other work says nothing about the tail: only the full form judges.
  process.exitCode = process.env.SEEDED && ratio > LIMIT ? 1 : 0
} finally {
  for (const one of worlds) await one.stop()
  platform.close()
  seeded.remove()
  rmSync(dir, { recursive: true, force: true })
}
