// The long forms: millions of mutations, soak, timing. Same code as in CI, larger numbers.
// `npm run test:nightly -- C1` runs those of one target; anything else goes to jest.
import { mkdirSync, rmSync } from 'node:fs'
import { main as build } from './build.mjs'
import { bin, exec } from './lib/exec.mjs'
import { at } from './lib/paths.mjs'
import { TARGET } from './lib/targets.mjs'

const tried = at('.tmp/tried.jsonl')

export const main = async (args = []) => {
  const failed = await build()
  if (failed) return failed
  const [first = '', ...rest] = args
  const only = first.replace(TARGET, '') === '' ? first : ''
  mkdirSync(at('.tmp'), { recursive: true })
  rmSync(tried, { force: true })
  const env = {
    ...process.env,
    SEALCARD_NIGHTLY: '1',
    SEALCARD_TRIED: tried,
    SEALCARD_TARGET: only,
  }
  const selected = only ? ['--testNamePattern', `\\b${only}\\b`, ...rest] : args
  const { code } = await exec(
    bin('jest'),
    ['--config', 'jest.nightly.config.mjs', '--runInBand', ...selected],
    { env },
  )
  return code
}
