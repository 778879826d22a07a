// Ends a nightly run with a table: which target of the specification was tried how often, and whether it held.
import { existsSync, readFileSync } from 'node:fs'
import { EXPECTED, TARGET } from './lib/targets.mjs'

/** @typedef {{ tests: number, tried: number, held: number, skipped: number, ms: number, broken: string[] }} Row */

export default class TargetReporter {
  /** @type {Map<string, Row>} */
  rows = new Map()
  broken = []

  constructor(_global, { tried, only } = {}) {
    this.triedFile = tried
    this.expected = only ? [only] : EXPECTED
  }

  onTestResult(_test, { testFilePath, testResults, testExecError }) {
    if (testExecError) this.broken.push(testFilePath)
    const cases = this.cases()
    for (const { title, fullName, status, duration } of testResults) {
      const skipped = status === 'pending' || status === 'todo'
      const count = cases.get(`${testFilePath} ${fullName}`) ?? 1
      for (const id of new Set(fullName.match(TARGET))) {
        const row = this.rows.get(id) ?? {
          tests: 0,
          tried: 0,
          held: 0,
          skipped: 0,
          ms: 0,
          broken: [],
        }
        this.rows.set(id, row)
        if (skipped) row.skipped += 1
        else {
          row.tests += 1
          row.tried += count
          row.ms += duration ?? 0
          if (status === 'passed') row.held += count
          else row.broken.push(title)
        }
      }
    }
  }

  /** How many cases the tests said they tried. */
  cases() {
    const all = new Map()
    if (!this.triedFile || !existsSync(this.triedFile)) return all
    for (const line of readFileSync(this.triedFile, 'utf8').split('\n').filter(Boolean)) {
      const { testPath, test, count } = JSON.parse(line)
      const key = `${testPath} ${test}`
      all.set(key, (all.get(key) ?? 0) + count)
    }
    return all
  }

  onRunComplete() {
    const ids = new Set([...this.expected, ...this.rows.keys()])
    const shown = [...ids].filter((id) => this.expected.length > 1 || this.expected.includes(id))
    shown.sort((a, b) => a[0].localeCompare(b[0]) || a.slice(1) - b.slice(1))
    console.log('\n| id | tried | held | tests | s | |\n|---|--:|--:|--:|--:|---|')
    for (const id of shown) console.log(line(id, this.rows.get(id)))
    for (const file of this.broken) console.log(`did not run: ${file}`)
  }

  /** A target that nothing tried has not held: jest ends with 1. */
  getLastError() {
    const missing = this.expected.filter((id) => !this.rows.get(id)?.tests)
    return missing.length ? new Error(`not tried: ${missing.join(', ')}`) : undefined
  }
}

/** @param {string} id @param {Row | undefined} row */
const line = (id, row) => {
  if (!row?.tests) return `| ${id} | 0 | 0 | 0 | | ✗ ${row ? 'skipped' : 'not tried'} |`
  const { tests, tried, held, skipped, ms, broken } = row
  const mark = broken.length ? '✗' : '✓'
  const notes = [...broken, ...(skipped ? [`${skipped} skipped`] : [])].join('; ')
  return `| ${id} | ${tried} | ${held} | ${tests} | ${Math.round(ms / 1000)} | ${mark} ${notes} |`
}
