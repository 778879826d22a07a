/** How often: on every commit, or in the nightly form. */
export const scale = (everyCommit: number, everyNight: number): number =>
  process.env['SEALCARD_NIGHTLY'] === '1' ? everyNight : everyCommit
