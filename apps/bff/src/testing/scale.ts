import { appendFileSync } from 'node:fs'

/** True in the long form of the suite: SEALCARD_NIGHTLY=1. */
export const nightly = process.env['SEALCARD_NIGHTLY'] === '1'
const inCi = Boolean(process.env['CI'])

/** How often, or what of several: on every commit (in CI), in the nightly form, or at somebody's desk, where a run must stay short. */
export const scale = <T = number>(everyCommit: T, everyNight: T, atTheDesk = everyCommit): T =>
  nightly ? everyNight : inCi ? everyCommit : atTheDesk

/** For the table that the long form ends with: how many cases the running test tries. One, if it does not say. */
export const countCases = (count: number): void => {
  const file = process.env['SEALCARD_TRIED']
  const { currentTestName: test, testPath } = expect.getState()
  if (file) appendFileSync(file, `${JSON.stringify({ testPath, test, count })}\n`)
}
