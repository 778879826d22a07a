import { existsSync } from 'node:fs'
import { exec, bin } from './exec.mjs'
import { at } from './paths.mjs'
import { pnpm } from './pnpm.mjs'

const formatOf = (files) =>
  exec(bin('prettier'), ['--check', '--log-level', 'warn', '--ignore-unknown', ...files], {
    quiet: true,
  })

/**
 * The parts of the repository, one process each: types of all of it together do not fit into Node's memory. The last part
 * is whatever the others leave.
 */
const LINTED = [
  ['apps/bff'],
  ['apps/console'],
  ['packages'],
  ['apps', '--ignore-pattern', 'apps/bff', '--ignore-pattern', 'apps/console'],
  ['.', '--ignore-pattern', 'apps', '--ignore-pattern', 'packages'],
]

/** @returns {Promise<{ code: number, output: string }>} of the parts that fail, together */
const lint = async () => {
  const failed = []
  for (const part of LINTED) {
    const result = await exec(bin('eslint'), [...part, '--max-warnings', '0'], { quiet: true })
    if (result.code) failed.push(result)
  }
  return { code: failed.length, output: failed.map(({ output }) => output).join('\n') }
}

/** What is checked without running the product. Each is one check of the closing line. */
export const STATIC_CHECKS = {
  lint,
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

/**
 * Runs checks, two at a time.
 * @param {typeof STATIC_CHECKS} [checks] @param {(line: string) => void} [say] is told each result
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export const runChecks = async (checks = STATIC_CHECKS, say = console.log) => {
  let passed = 0
  let failed = 0
  const waiting = Object.entries(checks)
  const worker = async () => {
    for (let next; (next = waiting.shift());) {
      const [name, check] = next
      const { code, output } = await check()
      if (code) {
        failed += 1
        say(`✗ ${name}\n${output}`)
      } else {
        passed += 1
        say(`✓ ${name}`)
      }
    }
  }
  await Promise.all([worker(), worker()])
  return { passed, failed }
}
