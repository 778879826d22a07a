// Everything that docs/capacity.md says of this service's speed, measured in one run: `npm run bench`.
// --full (or BENCH_FULL=1): longer, with 10^6 and 10^7 openings and an hour of memory; --only=stack,sizes: these alone;
// BENCH_SIZES, BENCH_MEMORY_SECONDS: see sections/; BENCH_BEFORE: main.js of another build, to compare with.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres } from './lib/postgres.mjs'
import { startWecom } from './lib/wecom.mjs'
import { RESULTS, show } from './show.mjs'
import { callbacks } from './sections/callbacks.mjs'
import { memory } from './sections/memory.mjs'
import { openLoops } from './sections/open-loop.mjs'
import { overload } from './sections/overload.mjs'
import { failures, processes } from './sections/processes.mjs'
import { sizes } from './sections/sizes.mjs'
import { stack } from './sections/stack.mjs'

const SECTIONS = { stack, openLoops, callbacks, processes, failures, overload, sizes, memory }

const full = process.argv.includes('--full') || process.env.BENCH_FULL === '1'
const only = process.argv
  .find((arg) => arg.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',')
const commit = () => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-bench-'))
const platform = await startWecom()
const postgres = await startPostgres()
if (!postgres) console.log('PostgreSQL is not installed for this machine: its parts are left out')
const began = performance.now()
const say = (name) => (text) => {
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(`[${String(seconds).padStart(4)} s] ${name}: ${text}`)
}
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}
try {
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (only && !only.includes(name)) continue
    const running = []
    const keep = (server) => {
      running.push(server)
      return server
    }
    const load = loadavg()[0]
    say(name)(`begins; load ${load.toFixed(1)}`)
    try {
      const result = await measure({ say: say(name), dir, platform, full, keep, postgres })
      results[name] = {
        at: new Date().toISOString(),
        commit: commit(),
        cores: availableParallelism(),
        node: process.version,
        load,
        full,
        result,
      }
      writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`)
    } finally {
      for (const server of running.toReversed()) await server.stop()
    }
  }
} finally {
  await postgres?.stop()
  platform.close()
  rmSync(dir, { recursive: true, force: true })
}
await show(results)
