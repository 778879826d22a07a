import { main as build } from './build.mjs'
import { pnpm } from './lib/pnpm.mjs'

/**
 * Every package's measurements, one after the other: they must not disturb each other.
 * @param {string[]} args `--full`: hours instead of minutes, see docs/capacity.md
 */
export const main = async (args = []) => {
  if (args.includes('--full')) process.env.BENCH_FULL = '1'
  return (await build()) || (await pnpm(['-r', '--workspace-concurrency=1', 'run', 'bench'])).code
}
