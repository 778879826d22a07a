import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'
import ts from 'typescript'
import { fakeBff } from '../../src/testing/fake-bff.js'
import { fakeWx } from '../../src/testing/fake-wx.js'
import { OPENING } from '../kit/answers.js'
import { unpackKit, type Unpacked } from './unpacked.js'

const kit = path.resolve(__dirname, '../..')
const KB = 1024
/** Of the one script for mini-programs. The README says the same. */
const MINIFIED = 24 * KB
const GZIPPED = 9 * KB

let packed: Unpacked
beforeAll(() => {
  packed = unpackKit()
})
afterAll(() => {
  packed.remove()
})

const read = (file: string) => readFileSync(path.join(packed.root, file), 'utf8')
const complaints = (program: ts.Program) =>
  ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
const scripts = () => packed.files.filter((file) => file.endsWith('.js'))
const declarations = () => packed.files.filter((file) => file.endsWith('.d.ts'))

/** What 构建 npm takes of a package into `miniprogram_npm`: the folder that `miniprogram` names. Null: it refuses. */
const wechatBuilds = () => {
  const { miniprogram = 'miniprogram_dist' } = JSON.parse(read('package.json'))
  const files = packed.files.filter((file) => file.startsWith(`${miniprogram}/`))
  return files.includes(`${miniprogram}/index.js`) ? files : null
}

describe('the tarball', () => {
  it('has the licence, the README, what is built, and nothing else', () => {
    const rest = packed.files.filter((file) => !/^(dist\/(esm|cjs)|miniprogram_dist)\//.test(file))
    expect(rest).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'])
    expect(packed.files.filter((file) => !/\.(js|d\.ts|json|md)$/.test(file))).toEqual(['LICENSE'])
  })

  it('needs nothing at run time', () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
      read('package.json'),
    )
    expect(dependencies).toBeUndefined()
    expect(peerDependencies).toEqual({ react: '>=18' })
    expect(peerDependenciesMeta).toEqual({ react: { optional: true } })
  })

  it('names only files that are there', () => {
    const { exports, main, module, types, typesVersions } = JSON.parse(read('package.json'))
    const named = JSON.stringify([exports, main, module, types, typesVersions]).match(
      /\.\/[^"]+\.(json|js|d\.ts)/g,
    )
    for (const file of named!) expect(packed.files).toContain(file.slice(2))
  })

  it('has no fault that publint or are-the-types-wrong knows, in any resolution', () => {
    const check = path.join(kit, '../../scripts/pack-check.mjs')
    expect(() =>
      execFileSync(process.execPath, [check, packed.tarball, packed.root], {
        encoding: 'utf8',
        stdio: 'pipe',
      }),
    ).not.toThrow()
  })
})

describe('the scripts', () => {
  it('are ES2017, all of them', () => {
    for (const file of scripts()) {
      const sourceType = file.startsWith('dist/esm/') ? 'module' : 'script'
      expect(() => parse(read(file), { ecmaVersion: 2017, sourceType })).not.toThrow()
    }
    expect(scripts().length).toBeGreaterThan(60)
  })

  it.each(['try {} catch {}', 'const a = { ...b }', 'a?.b', 'async function* f() {}'])(
    'would be refused with %s',
    (later) => {
      expect(() => parse(later, { ecmaVersion: 2017, sourceType: 'script' })).toThrow()
    },
  )

  it('are loaded by import and by require, with the same names', () => {
    const list = (code: string) =>
      execFileSync(
        process.execPath,
        code.includes('await') ? ['--input-type=module', '-e', code] : ['-e', code],
        {
          cwd: packed.project,
          encoding: 'utf8',
        },
      )
    for (const name of ['@sealcard/kit', '@sealcard/kit/testing']) {
      const print = `console.log(Object.keys(all).filter((key) => !/^(default|module.exports)$/.test(key)).sort().join())`
      const imported = list(`const all = await import('${name}'); ${print}`)
      expect(imported).toMatch(
        name.endsWith('testing') ? /fakeWx/ : /createBffClient,createDeclareShare/,
      )
      expect(list(`const all = require('${name}'); ${print}`)).toBe(imported)
    }
  })
})

describe('the script for mini-programs', () => {
  it('is one, where WeChat’s builder looks for it', () => {
    expect(wechatBuilds()).toEqual(['miniprogram_dist/index.js'])
  })

  it(`is at most ${MINIFIED / KB} KB, ${GZIPPED / KB} KB with gzip, as the README says`, () => {
    const script = read('miniprogram_dist/index.js')
    expect(Buffer.byteLength(script)).toBeLessThanOrEqual(MINIFIED)
    expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(GZIPPED)
    expect(read('README.md')).toContain(`${MINIFIED / KB} KB`)
    expect(read('README.md')).toContain(`${GZIPPED / KB} KB`)
  })

  it('opens a card where there is nothing but wx, timers and the language of 2018', async () => {
    const { wx, calls } = fakeWx()
    const bff = fakeBff()
    bff.on('POST /v1/shares/S/openings', { status: 201, body: OPENING })
    const module = { exports: {} as Record<string, (options: unknown) => never> }
    const context = vm.createContext({
      wx,
      module,
      exports: module.exports,
      setTimeout,
      clearTimeout,
    })
    vm.runInContext(
      `delete Object.fromEntries; delete Object.hasOwn; delete globalThis.globalThis
       for (const name of ['flat', 'flatMap', 'at']) delete Array.prototype[name]
       for (const name of ['matchAll', 'replaceAll', 'at', 'trimStart', 'trimEnd']) delete String.prototype[name]
       for (const name of ['allSettled', 'any', 'withResolvers']) delete Promise[name]`,
      context,
    )
    vm.runInContext(read('miniprogram_dist/index.js'), context, { filename: 'index.js' })
    const states: { step: string }[] = []
    Object.assign(context, {
      request: bff.request,
      states,
      said: (state: never) => states.push(state),
    })
    await vm.runInContext(
      `(() => {
        const kit = module.exports
        const platform = kit.detectPlatform(wx)
        const client = kit.createBffClient({
          baseUrl: 'https://bff.example', app: 'mine', request, storage: kit.wxStorage(wx),
          login: () => platform.login(), now: () => 0,
        })
        return kit.createOpenController({ platform, client, shareId: 'S', onChange: said }).show()
      })()`,
      context,
    )
    expect(states.map(({ step }) => step)).toEqual(['opening', 'opened'])
    expect(calls.map(({ api }) => api)).toEqual(['login', 'authPrivateMessage'])
  })
})

describe('the declarations', () => {
  it('are one file for each entry, which imports nothing and has no any', () => {
    expect(declarations()).toEqual(
      ['cjs', 'esm'].flatMap((kind) =>
        ['index', 'react/index', 'testing/index'].map((entry) => `dist/${kind}/${entry}.d.ts`),
      ),
    )
    for (const file of declarations()) {
      const { referencedFiles, importedFiles, typeReferenceDirectives } = ts.preProcessFile(
        read(file),
      )
      expect([...referencedFiles, ...importedFiles, ...typeReferenceDirectives]).toEqual([])
      const withoutComments = read(file).replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
      expect(withoutComments).not.toMatch(/\bany\b/)
    }
  })

  it('keep what the schemas of the service say of a field', () => {
    expect(read('dist/esm/index.d.ts')).toMatch(
      /\/\*\* `apps\[\]\.openPath` of the service's configuration, and a query\. \*\/\s+path: string/,
    )
  })

  const WAYS: [string, string, object][] = [
    // Taro's own template. TypeScript 6 calls it old.
    [
      'node',
      'consumer.ts',
      { module: 'esnext', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    ],
    ['node16, ESM', 'consumer.mts', { module: 'node16', moduleResolution: 'node16' }],
    ['node16, CommonJS', 'consumer.cts', { module: 'node16', moduleResolution: 'node16' }],
    [
      'bundler',
      'consumer.ts',
      { module: 'esnext', moduleResolution: 'bundler', exactOptionalPropertyTypes: true },
    ],
  ]

  it.each(WAYS)('serve a strict consumer with moduleResolution %s', (_, name, how) => {
    const file = path.join(packed.project, name)
    cpSync(path.join(__dirname, 'consumer.ts.txt'), file)
    const program = ts.createProgram([file], {
      ...ts.convertCompilerOptionsFromJson(how, packed.project).options,
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      target: ts.ScriptTarget.ES2020,
      lib: ['lib.es2020.d.ts'],
      types: [],
    })
    expect(complaints(program)).toEqual([])
  })

  it('fit the declarations of wx that mini-programs have', () => {
    const types = path.join(packed.project, 'node_modules/miniprogram-api-typings')
    mkdirSync(path.dirname(types), { recursive: true })
    cpSync(path.dirname(require.resolve('miniprogram-api-typings/package.json')), types, {
      recursive: true,
    })
    const file = path.join(packed.project, 'native.ts')
    cpSync(path.join(__dirname, 'native.ts.txt'), file)
    const program = ts.createProgram([file], {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      noEmit: true,
      lib: ['lib.es2020.d.ts'],
      types: ['miniprogram-api-typings'],
      typeRoots: [path.join(packed.project, 'node_modules')],
    })
    expect(complaints(program)).toEqual([])
  })
})
