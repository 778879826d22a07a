import { appendFileSync } from 'node:fs'

/** True in the long form of the suite: SEALCARD_NIGHTLY=1. */
export const nightly = process.env['SEALCARD_NIGHTLY'] === '1'
/** How often the long form tells how far it is, %. */
const STEP = 5
const inCi = Boolean(process.env['CI'])

/** How often, or what of several: on every commit (in CI), in the nightly form, or at somebody's desk, where a run must stay short. */
export const scale = <T = number>(everyCommit: T, everyNight: T, atTheDesk = everyCommit): T =>
  nightly ? everyNight : inCi ? everyCommit : atTheDesk

/**
 * For the table that the long form ends with: how many cases the running test tries. One, if it does not say.
 *
 * @returns to be called with how many are done: the long form tells it now and then
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
