/** True in the long form of the suite: SEALCARD_NIGHTLY=1. */
export const nightly = process.env.SEALCARD_NIGHTLY === '1'
const inCi = Boolean(process.env.CI)

/** How often: on every commit (in CI), in the nightly form, or at somebody's desk, where a run must stay short. */
export const scale = (everyCommit: number, everyNight: number, atTheDesk = everyCommit): number =>
  nightly ? everyNight : inCi ? everyCommit : atTheDesk
