import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
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

const twoParts = {
  pages: ['pages/index/index', 'pages/open/index'],
  subPackages: [
    { root: 'a', pages: ['p'] },
    { root: 'b', pages: ['p'], independent: true },
  ],
}
const page = (at: string) =>
  Promise.all([
    writeFile(path.join(dir, `${at}.js`), 'Page({})'),
    writeFile(path.join(dir, `${at}.wxml`), '<view />'),
  ])

test.each([
  [{ subPackages: [{ root: 'a', pages: ['gone'] }] }, 'page "a/gone" has no a/gone.js'],
  [{ subPackages: [{ root: 'a', pages: [] }] }, 'subpackage "a" has no pages'],
  [{ subpackages: [{ root: 'a/b', pages: ['p'] }] }, 'subpackage "a/b" is inside "a"'],
  [{ tabBar: { list: [{ pagePath: 'a/p' }] } }, 'tabBar page "a/p" is in the subpackage "a"'],
  [{ entryPagePath: 'pages/gone' }, 'entryPagePath "pages/gone" is no page'],
  [{ usingComponents: { x: 'plugin://p/x' } }, 'the simulator does not do plugins'],
])('app.json with %j is refused', async (more, expected) => {
  await Promise.all(['a', 'a/b', 'b'].map((at) => mkdir(path.join(dir, at), { recursive: true })))
  await Promise.all(['a/p', 'a/b/p', 'b/p'].map(page))
  expect(await problemsWith('app.json', JSON.stringify({ ...twoParts, ...more }))).toContain(
    expected,
  )
})

test.each([
  ['pages/open/index', '/a/x', 'name a stand-in for it in componentPlaceholder'],
  ['b/p', '/components/badge/index', '"b" is independent of it'],
])('%s cannot use the component %s of another package', async (owner, target, expected) => {
  await Promise.all(['a', 'b'].map((at) => mkdir(path.join(dir, at))))
  await Promise.all(['a/p', 'b/p', 'a/x'].map(page))
  await writeFile(path.join(dir, 'app.json'), JSON.stringify(twoParts))
  const json = { usingComponents: { x: target } }
  expect(await problemsWith(`${owner}.json`, JSON.stringify(json))).toContain(expected)
  if (owner === 'b/p') return
  const stand = JSON.stringify({ ...json, componentPlaceholder: { x: 'view' } })
  await writeFile(path.join(dir, `${owner}.json`), stand)
  await expect(buildWeapp(dir)).resolves.toBeDefined()
})
