import path from 'node:path'
import { fill } from '../lib/fill.mjs'
import { closedLoop, openLoop } from '../lib/load.mjs'
import { startOurs, strictly } from '../lib/servers.mjs'

const FILLED = 100_000
const RATES = [200, 500, 1000, 1500, 2000, 3000]

/** Openings that are due at a rate, whether or not those before were answered, on SQLite and on PostgreSQL. */
export const openLoops = async ({ say, dir, platform, full, keep, postgres }) => {
  const ms = full ? 20_000 : 4_000
  const databases = { sqlite: `sqlite:${path.join(dir, 'open-loop.sqlite')}` }
  if (postgres) databases.postgres = await postgres.database('open_loop')
  const results = []
  for (const [database, url] of Object.entries(databases)) {
    const first = await startOurs(url, platform)
    await strictly(first.world.opening)(0)
    await first.stop()
    await fill(url, FILLED)
    const ours = keep(await startOurs(url, platform))
    const ask = strictly(ours.world.opening)
    await closedLoop({ ask, pids: ours.pids }, { count: 3000, atOnce: 64 })
    let from = 10_000
    for (const rate of RATES) {
      const result = await openLoop(ours.world.opening, { rate, ms, from })
      from += rate * 100
      results.push({ database, ...result })
      say(
        `${database}, ${rate}/s offered: p99 ${result.p99.toFixed(0)} ms, ${result.errors} errors`,
      )
    }
    await ours.stop()
  }
  return results
}
