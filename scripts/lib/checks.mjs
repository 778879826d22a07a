import { existsSync } from 'node:fs'
import { exec, bin } from './exec.mjs'
import { at } from './paths.mjs'
import { pnpm } from './pnpm.mjs'

const formatOf = (files) =>
  exec(bin('prettier'), ['--check', '--log-level', 'warn', '--ignore-unknown', ...files], {
    quiet: true,
  })

/** What is checked without running the product. Each is one check of the closing line. */
export const STATIC_CHECKS = {
  lint: () => exec(bin('eslint'), ['.', '--max-warnings', '0'], { quiet: true }),
  format: () => formatOf(['.']),
  imports: () =>
    exec(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'test'], {
      quiet: true,
    }),
  architecture: () => exec('node', ['scripts/architecture.mjs', '--check'], { quiet: true }),
  unused: () => exec(bin('knip'), [], { quiet: true }),
  types: () => pnpm(['-r', '--workspace-concurrency=2', 'run', 'typecheck'], { quiet: true }),
}

/** The same, but formatting is looked at only where something changed since the last commit: half a minute less. */
export const LOCAL_CHECKS = {
  ...STATIC_CHECKS,
  format: async () => {
    const changed = await exec('git', ['ls-files', '-mo', '--exclude-standard'], { quiet: true })
    if (changed.code) return STATIC_CHECKS.format()
    const files = changed.output.split('\n').filter((file) => file && existsSync(at(file)))
    return files.length ? formatOf([...new Set(files)]) : changed
  },
}

/** Runs checks, two at a time, showing each result. @returns {Promise<{ passed: number, failed: number }>} */
export const runChecks = async (checks = STATIC_CHECKS) => {
  let passed = 0
  let failed = 0
  const waiting = Object.entries(checks)
  const worker = async () => {
    for (let next; (next = waiting.shift());) {
      const [name, check] = next
      const { code, output } = await check()
      if (code) {
        failed += 1
        console.error(`✗ ${name}\n${output}`)
      } else {
        passed += 1
        console.log(`✓ ${name}`)
      }
    }
  }
  await Promise.all([worker(), worker()])
  return { passed, failed }
}
