import path from 'node:path'
import { esmOnly, project } from '../../jest.base.mjs'

/** Of antd and its parts only the folders `es/` are modules. */
const MODULES = [...esmOnly, '(@ant-design|@rc-component)/[^/]+/es', 'antd/es'].join('|')
const base = project(import.meta.dirname)

export default {
  ...base,
  testEnvironment: 'jsdom',
  setupFiles: ['<rootDir>/test/kit/browser.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/kit/async-timeout.ts'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    // Each of its thousand icons is a file.
    '^@ant-design/icons$': path.join(import.meta.dirname, 'test/kit/no-icons.cjs'),
  },
  transformIgnorePatterns: [`node_modules/(?!(\\.pnpm|${MODULES})/)`],
}
