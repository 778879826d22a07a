// Stryker runs a copy of the package in .stryker-tmp, from where the workspace's base configuration
// is further up. The long suites prove rates, not lines; the others kill the same mutants.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

let dir = import.meta.dirname
while (!existsSync(path.join(dir, 'jest.base.mjs'))) dir = path.dirname(dir)
const { project } = await import(pathToFileURL(path.join(dir, 'jest.base.mjs')).href)

const long = [
  'mutations',
  'cross-check',
  'peers',
  'timing',
  'padding-oracle',
  'packaging',
  'limits',
  'boundaries',
]

const base = project(import.meta.dirname)
export default {
  ...base,
  testPathIgnorePatterns: ['/node_modules/', `/test/(${long.join('|')})\\.`],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
}
