// Builds every package whose inputs changed since its last build, dependencies first.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pnpm } from './lib/pnpm.mjs'
import { packages } from './lib/workspace.mjs'

const stampOf = (p) => path.join(p.dir, 'dist', '.build-stamp')
const fresh = (p) => existsSync(stampOf(p)) && readFileSync(stampOf(p), 'utf8') === p.key

export const main = async (_args = [], { quiet = false } = {}) => {
  const stale = packages().filter((p) => p.json.scripts?.build && !fresh(p))
  if (!stale.length) {
    if (!quiet) console.log('Everything is built.')
    return 0
  }
  console.log(`Building ${stale.map((p) => p.name).join(', ')} …`)
  for (const p of stale) rmSync(path.join(p.dir, 'dist'), { recursive: true, force: true })
  const { code, output } = await pnpm(
    ['-r', ...stale.map((p) => `--filter=${p.name}`), 'run', 'build'],
    { quiet: true },
  )
  if (code) {
    console.error(output)
    return code
  }
  for (const p of stale) writeFileSync(stampOf(p), p.key)
  return 0
}
