import { main as build } from './build.mjs'
import { pnpm } from './lib/pnpm.mjs'

/** Every package's measurements, one after the other: they must not disturb each other. */
export const main = async () =>
  (await build()) || (await pnpm(['-r', '--workspace-concurrency=1', 'run', 'bench'])).code
