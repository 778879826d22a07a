// H4: how long the administrators' lists take, first pages and pages from anywhere in the list; limit: p95 200 ms.
// SEEDED=sqlite:./file (made by seed.mjs, with its SEALCARD_KEYRING) for the full form; without it a small database
// is made and removed.
import 'reflect-metadata'
import { availableParallelism, loadavg } from 'node:os'
import { filterName } from '../dist/admin/lists/keyset.js'
import { CountEvents } from '../dist/admin/stats/count-events.js'
import { DailyRollup } from '../dist/admin/stats/daily-rollup.js'
import { readDatabaseUrl } from '../dist/core/config/database-url.js'
import { readKeyring } from '../dist/core/config/keyring-text.js'
import { PageCursor } from '../dist/http/pagination/page-cursor.js'
import { KeyedHash } from '../dist/database/keyed-hash/keyed-hash.service.js'
import { SystemRandom } from '../dist/core/ports/random.js'
import { createDataSource } from '../dist/schema/data-source.js'
import { Vault } from '../dist/core/crypto/vault.js'
import { spread } from './lib/figures.mjs'
import { client } from './lib/http.mjs'
import { listCases, otherCases, sample } from './lib/list-cases.mjs'
import { ADMIN_TOKEN, keyring, seededDatabase, startService } from './lib/seeded.mjs'

const LIMIT_MS = 200
const REQUESTS = Number(process.env.REQUESTS ?? (process.env.SEEDED ? 200 : 30))
/** What to measure, when not everything: a regular expression. */
const ONLY = new RegExp(process.env.ONLY ?? '')
/** One in so many is a first page; the others begin anywhere. */
const FIRST = 4

const seeded = seededDatabase({ cards: 5_000, openings: 50_000 })
// The service counts the same days meanwhile; here nobody waits for an answer, so the lock is waited for.
const tuning = { busyTimeoutMs: 60_000 }
const storage = await createDataSource(readDatabaseUrl(seeded.url), tuning).initialize()
const vault = new Vault(readKeyring(keyring(), false))
const clock = { now: () => Date.now() }
const cursors = new PageCursor(new KeyedHash(storage, vault, clock, new SystemRandom()))

// The service first: it brings the schema up to date.
const bff = await startService(seeded.url)
const ask = client(bff.port)
const get = (path) => ask('GET', `/v1/admin/${path}`, { token: ADMIN_TOKEN })

/** A cursor as the list itself would give it, at a moment anywhere between the first row and the last. */
const cursorAnywhere = async (list, filters, { first, last }) => {
  const { limit: _, ...rest } = filters
  const at = Math.floor(first + Math.random() * (last - first))
  // The audit's places are named `<seq>_<chain>`.
  const id = list === 'audit' ? '0_AAAAAAAAAAAAAAAAAAAAAA' : 'zzzzzzzzzzzzzzzzzzzzzz'
  return cursors.encode([`admin.${list}`, filterName(rest)], { at, id })
}

/** @returns {Promise<number[]>} durations, ms; anything but 200 ends the run */
const measure = async (next, requests = REQUESTS) => {
  const ms = []
  for (let i = 0; i < requests; i++) {
    const path = await next(i)
    const answer = await get(path)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    ms.push(answer.ms)
  }
  return ms
}

let slow = 0
const row = (what, ms) => {
  const { p50, p95, p99, max } = spread(ms)
  if (p95 >= LIMIT_MS) slow += 1
  const cells = [p50, p95, p99, max].map((value) => value.toFixed(1).padStart(8)).join('')
  console.log(`${what.padEnd(46)}${cells}  ${p95 < LIMIT_MS ? 'ok' : 'TOO SLOW'}`)
}

try {
  // As in a service that has been running: what is over is counted.
  const started = performance.now()
  const days = await new DailyRollup(storage, new CountEvents(storage), clock).run()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${days} days counted in ${seconds} s`)
  const people = await sample((sql) => storage.query(sql))
  console.log(
    `${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}, ${REQUESTS} requests each, ms`,
  )
  console.log(`${''.padEnd(46)}     p50     p95     p99     max`)
  for (const [list, cases] of Object.entries(listCases(people))) {
    const all = []
    for (const [what, filters] of cases) {
      if (!ONLY.test(`${list}: ${what}`)) continue
      const ms = await measure(async (i) => {
        const cursor = i % FIRST === 0 ? undefined : await cursorAnywhere(list, filters, people)
        return `${list}?${new URLSearchParams({ ...filters, ...(cursor && { cursor }) })}`
      })
      all.push(...ms)
      row(`${list}: ${what}`, ms)
    }
    if (all.length > 0) row(`${list}, together`, all)
  }
  for (const [what, path] of otherCases(people))
    if (ONLY.test(what)) row(what, await measure(() => path, Math.min(REQUESTS, 50)))
  console.log(slow === 0 ? `every p95 below ${LIMIT_MS} ms` : `${slow} above ${LIMIT_MS} ms`)
  process.exitCode = slow === 0 ? 0 : 1
} finally {
  await storage.destroy()
  await bff.stop()
  seeded.remove()
}
