// Builds, checks and runs every test, and ends with `N passed, N failed`.
import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism, constants, setPriority, totalmem } from 'node:os'
import { main as build } from './build.mjs'
import { HOW_TO_GET_A_BROWSER, findBrowser } from './lib/browser.mjs'
import { LOCAL_CHECKS, STATIC_CHECKS, runChecks } from './lib/checks.mjs'
import { bin, exec } from './lib/exec.mjs'
import { at } from './lib/paths.mjs'

const tallyFile = at('.tmp/tally-jest.json')
/** Bytes. */
const ROOMY = 12 * 1024 ** 3

export const main = async (args = []) => {
  const started = performance.now()
  const total = { passed: 0, failed: 0, skipped: 0 }
  const add = (more) => Object.keys(total).forEach((key) => (total[key] += more[key] ?? 0))

  const built = await build()
  add(built ? { failed: 1 } : { passed: 1 })
  if (!built) {
    const tests = jest(args)
    // Tests wait for disks, timeouts and browsers. The checks take only the processor time that this leaves.
    setPriority(constants.priority.PRIORITY_LOW)
    const results = []
    const checks = runChecks(process.env.CI ? STATIC_CHECKS : LOCAL_CHECKS, (line) =>
      results.push(line),
    )
    add(await tests)
    add(await checks)
    // Jest's lines would bury them.
    for (const line of results) console.log(line)
  }
  console.log(`${Math.round((performance.now() - started) / 1000)} s`)
  if (!findBrowser()) {
    console.log(
      `Skipped for want of a browser: the tests in Chromium. To run them, ${HOW_TO_GET_A_BROWSER}.`,
    )
  }
  const skipped = total.skipped ? `, ${total.skipped} skipped` : ''
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
  return total.failed ? 1 : 0
}

const jest = async (args) => {
  rmSync(tallyFile, { force: true })
  const browser = findBrowser()
  const env = { ...process.env, ...(browser ? { CHROMIUM_PATH: browser } : {}) }
  // Jest would keep one core for itself. Many tests wait for a disk, a timeout or a browser. So a small machine has time
  // for more workers than it has cores: for two where it has memory for them, of which each takes up to 1.5 GB.
  const cores = availableParallelism()
  const more = totalmem() > ROOMY ? 2 : 1
  const workers = ['--maxWorkers', String(cores > 4 ? cores - 1 : cores + more)]
  const { code } = await exec(bin('jest'), [...workers, ...args], { env })
  const tally = readTally()
  // jest may fail without a failing test (a coverage threshold, a crash): that is a failure too.
  return code && !tally.failed ? { ...tally, failed: 1 } : tally
}

const readTally = () => {
  try {
    return JSON.parse(readFileSync(tallyFile, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
