/** True in the long form of the suite: SEALCARD_NIGHTLY=1. The only reader of that variable here. */
export const nightly = process.env['SEALCARD_NIGHTLY'] === '1'

/** How often: on every commit, or in the nightly form. */
export const scale = (everyCommit: number, everyNight: number): number =>
  nightly ? everyNight : everyCommit
