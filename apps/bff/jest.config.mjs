import { project } from '../../jest.base.mjs'
import { bundledLibraries } from './test/kit/bundle-libraries.mjs'

const base = project(import.meta.dirname)

export default {
  ...base,
  globalSetup: '<rootDir>/test/kit/bundle-libraries.mjs',
  moduleNameMapper: { ...bundledLibraries, ...base.moduleNameMapper },
}
