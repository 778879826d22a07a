import { project } from '../../jest.base.mjs'
import { bundledLibraries } from './test/kit/bundle-libraries.mjs'

const base = project(import.meta.dirname)

export default {
  ...base,
  globalSetup: '<rootDir>/test/kit/global-setup.mjs',
  globalTeardown: '<rootDir>/test/kit/global-teardown.mjs',
  moduleNameMapper: { ...bundledLibraries, ...base.moduleNameMapper },
}
