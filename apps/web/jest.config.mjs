import { project } from '../../jest.base.mjs'

export default project(import.meta.dirname, {
  testEnvironment: 'jsdom',
  setupFilesAfterEnv: ['<rootDir>/test/kit/async-timeout.ts'],
})
