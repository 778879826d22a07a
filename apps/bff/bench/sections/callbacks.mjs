import path from 'node:path'
import { closedLoop, openLoop } from '../lib/load.mjs'
import { startOurs, strictly } from '../lib/servers.mjs'

/** A second. */
const CALLBACKS = 1000
const VERIFICATIONS = 50

/** Callbacks of a bot that are due at a rate, and beside them WeCom's verifications of its URL, as on a busy day. */
export const callbacks = async ({ say, dir, platform, full, keep, postgres }) => {
  const ms = full ? 20_000 : 5_000
  const databases = { sqlite: `sqlite:${path.join(dir, 'callbacks.sqlite')}` }
  if (postgres) databases.postgres = await postgres.database('callbacks')
  const results = []
  for (const [database, url] of Object.entries(databases)) {
    const ours = keep(await startOurs(url, platform))
    const { callback, verification } = ours.world
    const ask = strictly(callback)
    await closedLoop({ ask, pids: ours.pids }, { count: 3000, atOnce: 64 })
    const [called, verified] = await Promise.all([
      openLoop(callback, { rate: CALLBACKS, ms, from: 10_000 }),
      openLoop(verification, { rate: VERIFICATIONS, ms }),
    ])
    for (const [what, result] of [
      ['callback', called],
      ['URL verification meanwhile', verified],
    ]) {
      results.push({ database, what, ...result })
      say(`${database}, ${what}: p99 ${result.p99.toFixed(0)} ms, ${result.errors} errors`)
    }
    await ours.stop()
  }
  return results
}
