import { appendFileSync } from 'node:fs'

/** True in the long form of the suite: SEALCARD_NIGHTLY=1. */
export const nightly = process.env['SEALCARD_NIGHTLY'] === '1'
/** The long form reports its progress at each step of so many %. */
const STEP = 5
const inCi = Boolean(process.env['CI'])

/** Chooses a count, or another value, by the kind of run: every commit (in CI), nightly, or the short run of a developer. */
export const scale = <T = number>(everyCommit: T, everyNight: T, atTheDesk = everyCommit): T =>
  nightly ? everyNight : inCi ? everyCommit : atTheDesk

/**
 * Records how many cases the running test tries, for the table at the end of the long form. A test without it counts as
 * one case.
 *
 * @returns call it with the number of cases done; the long form reports it now and then
 */
export const countCases = (count: number): ((done: number) => void) => {
  const file = process.env['SEALCARD_TRIED']
  const { currentTestName: test, testPath } = expect.getState()
  if (file) appendFileSync(file, `${JSON.stringify({ testPath, test, count })}\n`)
  let told = 0
  return (done) => {
    const percent = Math.floor((100 * done) / count)
    if (!nightly || percent < told + STEP) return
    told = percent
    process.stderr.write(`${percent} % of ${count}: ${test}\n`)
  }
}
