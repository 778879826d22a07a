// The long forms: ten times the mutations, and the suites named *.nightly.test.ts.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')
const jest = createRequire(import.meta.url).resolve('jest/bin/jest')
const patterns = process.argv.slice(2)
const run = (...args) =>
  spawnSync(process.execPath, [jest, '-c', path.join(root, 'jest.config.mjs'), '-i', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SEALCARD_NIGHTLY: '1' },
  }).status ?? 1

// Timing first and alone: nothing else of ours may run beside it.
const timing = run(
  '--testPathIgnorePatterns',
  '/node_modules/',
  '/dist/',
  '--testPathPatterns',
  'timing',
)
process.exitCode = timing || (patterns.includes('--timing') ? 0 : run())
