// Writes how many tests passed, failed and were skipped, for the one line that `npm test` ends with.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export default class TallyReporter {
  constructor(_global, options) {
    this.file = options.file
  }

  onRunComplete(_contexts, results) {
    const suitesThatDidNotRun = results.numRuntimeErrorTestSuites
    mkdirSync(path.dirname(this.file), { recursive: true })
    writeFileSync(
      this.file,
      JSON.stringify({
        passed: results.numPassedTests,
        failed: results.numFailedTests + suitesThatDidNotRun,
        skipped: results.numPendingTests + results.numTodoTests,
      }),
    )
  }
}
