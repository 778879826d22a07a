// The long forms: millions of mutations, soak, timing. Same code as in CI, larger numbers.
import { main as build } from './build.mjs'
import { bin, exec } from './lib/exec.mjs'

export async function main(args = []) {
  const failed = await build()
  if (failed) return failed
  const env = { ...process.env, SEALCARD_NIGHTLY: '1' }
  const { code } = await exec(
    bin('jest'),
    ['--config', 'jest.nightly.config.mjs', '--runInBand', ...args],
    { env },
  )
  return code
}
