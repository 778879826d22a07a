import { readFileSync } from 'node:fs'
import path from 'node:path'
import { openLoop } from '../lib/load.mjs'
import { startOurs } from '../lib/servers.mjs'

const RATE = 100
const SAMPLES = 12

const residentMiB = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** Memory of a process under a mixed load, over BENCH_MEMORY_SECONDS. */
export const memory = async ({ say, dir, platform, full, keep }) => {
  const seconds = Number(process.env.BENCH_MEMORY_SECONDS ?? (full ? 3600 : 48))
  const ours = keep(await startOurs(`sqlite:${path.join(dir, 'memory.sqlite')}`, platform))
  const { opening, list, login, callback } = ours.world
  const kinds = [opening, list, opening, callback, opening, list, opening, login]
  const samples = []
  let errors = 0
  for (let n = 0; n < SAMPLES; n++) {
    const ms = (seconds * 1000) / SAMPLES
    const from = Math.ceil((n * RATE * ms) / 1000)
    const ask = (i) => kinds[i % kinds.length](i)
    errors += (await openLoop(ask, { rate: RATE, ms, from })).errors
    samples.push(residentMiB(ours.pids[0]))
    say(`${Math.round(((n + 1) * ms) / 1000)} s: ${samples.at(-1).toFixed(0)} MiB`)
  }
  return { seconds, rate: RATE, errors, samples }
}
