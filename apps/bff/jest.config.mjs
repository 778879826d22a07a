import { project } from '../../jest.base.mjs'
import { bundledLibraries } from './test/support/bundle-libraries.mjs'

const base = project(import.meta.dirname)

export default {
  ...base,
  globalSetup: '<rootDir>/test/support/bundle-libraries.mjs',
  moduleNameMapper: { ...bundledLibraries, ...base.moduleNameMapper },
}
