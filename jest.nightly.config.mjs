import path from 'node:path'
import config from './jest.config.mjs'

const reporter = path.join(import.meta.dirname, 'scripts/target-reporter.mjs')
const { SEALCARD_TRIED: tried, SEALCARD_TARGET: only } = process.env

export default {
  ...config,
  testTimeout: 6 * 3600_000,
  reporters: [...config.reporters, [reporter, { tried, only }]],
}
