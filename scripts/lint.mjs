import { runChecks } from './lib/checks.mjs'

export const main = async () => ((await runChecks()).failed ? 1 : 0)
