import { cpSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { nightly } from '@sealcard/testing'
import {
  adopterProject,
  publishedPackages,
  type AdopterProject,
} from '../support/packed-packages.js'

const simulator = publishedPackages().find(({ name }) => name === '@sealcard/simulator')!
const require = createRequire(__filename)
const command = (name: string, bin: string) =>
  path.join(path.dirname(require.resolve(`${name}/package.json`)), bin)

/** The examples of the README: three ways to begin, and the test that all of them have. */
const blocks = [
  ...readFileSync(path.join(simulator.source, 'README.md'), 'utf8').matchAll(/```js\n([^]*?)```/g),
].map(([, code]) => code!)
const example = (runner: string) => {
  const begin = blocks.find((code) => code.startsWith(`// ${runner}\n`))!
  const body = blocks.find((code) => code.startsWith('test('))!
  return `${begin}\n${body}`
}

let project: AdopterProject
beforeAll(() => {
  project = adopterProject([simulator])
  const weapp = path.join(simulator.source, 'test/fixture-weapp')
  cpSync(weapp, path.join(project.dir, 'dist'), { recursive: true })
})
afterAll(() => project.remove())

const inNightly = nightly ? it : it.skip

it('names the package that it needs where jsdom is not installed', () => {
  const open = `import { openJsdomPhone } from '@sealcard/simulator'
    await openJsdomPhone({ phone: {} }).catch((error) => console.log(error.message))`
  project.write('bare.mjs', open)
  expect(project.node('bare.mjs')).toContain('npm install --save-dev jsdom')
})

describe('the example of the README', () => {
  beforeAll(() => project.link('jsdom', simulator.source))

  it('passes in a jest without any setting', () => {
    project.write('jest/note.test.js', example('jest'))
    const jest = command('jest', 'bin/jest.js')
    expect(() => project.node(jest, '--rootDir', project.dir, '--testTimeout=120000')).not.toThrow()
  })

  inNightly('passes in node:test', () => {
    project.write('node/note.test.mjs', example('node:test'))
    expect(project.node('--test', 'node/note.test.mjs')).toContain('# pass 1')
  })

  inNightly('passes in a vitest without any setting', () => {
    project.link('vitest', path.join(__dirname, '..'))
    project.write('vitest/note.test.mjs', example('vitest'))
    const vitest = command('vitest', 'vitest.mjs')
    const said = project.node(vitest, 'run', '--testTimeout=120000', 'vitest')
    expect(said).toMatch(/1 passed/)
  })
})
