import { bin, exec } from './lib/exec.mjs'

export const main = async () =>
  (await exec(bin('prettier'), ['--write', '--log-level', 'warn', '.'])).code
