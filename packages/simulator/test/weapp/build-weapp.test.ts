import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { buildWeapp, WeappBuildError } from '../../src/weapp/index.js'

const fixture = path.resolve(import.meta.dirname, '../fixture-weapp')
let dir: string

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'weapp-'))
  await cp(fixture, dir, { recursive: true })
})
afterEach(() => rm(dir, { recursive: true }))

const problemsWith = async (file: string, text: string): Promise<string> => {
  await writeFile(path.join(dir, file), text)
  const error: unknown = await buildWeapp(dir).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(WeappBuildError)
  return (error as WeappBuildError).message
}

test('a package becomes one script that sets __WEAPP_PACKAGE__', async () => {
  const bundle = await buildWeapp(dir)
  const scope: { __WEAPP_PACKAGE__?: Record<string, object> } = {}
  runInNewContext(bundle.packageJs, scope)
  expect(Object.keys(scope.__WEAPP_PACKAGE__ ?? {})).toEqual([
    'app',
    'json',
    'wxss',
    'templates',
    'modules',
  ])
  expect(bundle.app.pages).toEqual(['pages/index/index', 'pages/open/index'])
  expect(bundle.warnings).toEqual([])
})

test.each([
  ['app.json', '{\n  "pages": [}', 'app.json:2: Unexpected token'],
  ['app.json', '{\n"pages":[\n"pages/gone/index"]}', 'app.json:3: page "pages/gone/index" has no'],
  ['app.js', 'App({})\nconst a =\n', 'app.js:3: Unexpected end of input'],
  ['app.wxss', '.a { color: red\n.b {}', 'app.wxss:1:1: Unclosed block'],
  ['pages/open/index.wxml', '<view>\n<text>a</view>', 'pages/open/index.wxml:2:'],
  ['pages/open/index.json', '{"usingComponents":{"x":"./x"}}', 'index.json:1: component "x"'],
])('a mistake in %s is named with its place', async (file, text, expected) => {
  expect(await problemsWith(file, text)).toContain(expected)
})

test('all mistakes are reported at once', async () => {
  await writeFile(path.join(dir, 'app.js'), 'App(')
  const message = await problemsWith('app.wxss', 'a {')
  expect(message).toContain('app.js:1')
  expect(message).toContain('app.wxss:1:1')
})

test('a folder without app.json is no mini-program', async () => {
  await rm(path.join(dir, 'app.json'))
  await expect(buildWeapp(dir)).rejects.toThrow('app.json: missing: not a compiled mini-program')
})
