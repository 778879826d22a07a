import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { nightly, scale } from '@sealcard/testing'
import { adopterProject, type AdopterProject, type Packed } from '../support/packed-packages.js'

const repository = path.resolve(__dirname, '../..')
let project: AdopterProject
beforeAll(() => {
  project = adopterProject()
  project.link('typeorm', path.join(repository, 'packages/typeorm-sqlite3'))
  project.link('react', path.join(repository, 'packages/kit'))
  project.link('@types/node')
})
afterAll(() => project.remove())

const onlyNightly = nightly ? it : it.skip

const each = (check: (one: Packed) => void) => {
  for (const one of project.packages) check(one)
}
const text = ({ root }: Packed, file: string) => readFileSync(path.join(root, file), 'utf8')

/** What an adopter can name: `@sealcard/kit`, `@sealcard/kit/react`, … */
const entries = () =>
  project.packages.flatMap(({ name, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([subpath]) => subpath !== './package.json')
      .map(([subpath, target]) => ({ name: name + subpath.slice(1), target })),
  )
/** Without @sealcard/wx-qy-types, which has global declarations alone. */
const scripts = () =>
  entries().filter(({ target }) => /"(default|import|require)"/.test(JSON.stringify(target)))
const forRequire = () => scripts().filter(({ target }) => 'require' in (target as object))

describe('the tarball of each package', () => {
  it('has the licence, the texts, no stamp of a build, and no map without its source', () => {
    each((one) => {
      for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md']) expect(one.files).toContain(file)
      expect(
        one.files.filter((file) => /(^|\/)\.|\.ts$/.test(file) && !/\.d\.ts$/.test(file)),
      ).toEqual([])
      for (const map of one.files.filter((file) => file.endsWith('.map'))) {
        const { sources, sourcesContent = [] } = JSON.parse(text(one, map)) as {
          sources: string[]
          sourcesContent?: (string | null)[]
        }
        expect([map, sourcesContent.filter(Boolean).length]).toEqual([map, sources.length])
      }
    })
  })

  it('asks for our own packages by the version that was packed with it', () => {
    each(({ manifest }) => {
      expect(manifest.license).toBe('Apache-2.0')
      expect(JSON.stringify(manifest)).not.toContain('workspace:')
    })
  })

  // The kit and verify check themselves on every commit, in each resolution.
  onlyNightly('has no fault that publint or are-the-types-wrong knows', () => {
    const check = path.join(repository, 'scripts/pack-check.mjs')
    each(({ name, tarball, root, manifest }) => {
      // Global declarations, which no file imports: both would look for a module.
      if (/kit|verify|wx-qy-types/.test(name)) return
      const kinds = JSON.stringify(manifest.exports).includes('"require"') ? 'node16' : 'esm-only'
      const node = [check, tarball, root, '--profile', kinds]
      expect(() => execFileSync(process.execPath, node, { stdio: 'pipe' })).not.toThrow()
    })
  })
})

/** A script that prints the names of all these packages' exports. */
const listing = (load: (name: string) => string, names: string[]) =>
  `const all = {}; ${names.map((name) => `all['${name}'] = ${load(name)}`).join(';')}
   const own = (one) => Object.keys(one).filter((key) => !/^(default|module.exports)$/.test(key)).sort()
   console.log(JSON.stringify(Object.fromEntries(Object.entries(all).map(([name, one]) => [name, own(one)]))))`

const imported = (names: string[]) => listing((name) => `await import('${name}')`, names)
const required = (names: string[]) => listing((name) => `require('${name}')`, names)

describe('in an empty project', () => {
  const names = (list: { name: string }[]) => list.map(({ name }) => name)
  const run = (type: string, code: string) =>
    JSON.parse(project.node(`--input-type=${type}`, '-e', code)) as Record<string, string[]>

  it('each entry is imported, and where it has CommonJS required with the same names', () => {
    const asModules = run('module', imported(names(scripts())))
    expect(Object.keys(asModules)).toEqual(
      expect.arrayContaining(['@sealcard/kit/react', '@sealcard/protocol', '@sealcard/simulator']),
    )
    for (const exports of Object.values(asModules)) expect(exports).not.toEqual([])
    const asCommon = run('commonjs', required(names(forRequire())))
    expect(Object.keys(asCommon)).toContain('@sealcard/crypto/unseal')
    for (const [name, exports] of Object.entries(asCommon)) {
      expect([name, exports]).toEqual([name, asModules[name]])
    }
  })

  it('npm installs the tarballs that need nobody else, without a network', () => {
    const alone = project.packages.filter(({ manifest }) =>
      Object.keys(manifest.dependencies ?? {}).every((name) => name.startsWith('@sealcard/')),
    )
    expect(alone.map(({ name }) => name)).toEqual([
      'create-sealcard',
      ...['crypto', 'kit', 'verify', 'wx-qy-types'].map((name) => `@sealcard/${name}`),
    ])
    project.write('installed/package.json', '{ "name": "installed", "private": true }')
    const cwd = path.join(project.dir, 'installed')
    const options = ['--offline', '--no-audit', '--no-fund', '--omit=optional', '--omit=peer']
    const tarballs = alone.map(({ tarball }) => tarball)
    execFileSync('npm', ['install', ...options, ...tarballs], { cwd, stdio: 'pipe' })
    const code = "console.log(typeof require('@sealcard/verify').createVerifier)"
    expect(execFileSync(process.execPath, ['-e', code], { cwd, encoding: 'utf8' })).toBe(
      'function\n',
    )
  })

  const RESOLUTIONS: [string, object][] = [
    // TypeScript 6 calls it old; Taro's own template has it.
    ['node', { module: 'esnext', moduleResolution: 'node10', ignoreDeprecations: '6.0' }],
    ['node16', { module: 'node16', moduleResolution: 'node16' }],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
  ]
  it.each(scale(RESOLUTIONS.slice(0, 2), RESOLUTIONS))(
    'TypeScript finds the types with "%s"',
    (kind, options) => {
      // The old resolution reads `main` and `types` alone. These packages have them, or say that they need a newer one.
      const old = kind === 'node'
      const found = scripts().filter(
        ({ name }) => !old || /^@sealcard\/(crypto|kit|kit\/\w+|simulator|verify)$/.test(name),
      )
      const globals = "/// <reference types='@sealcard/wx-qy-types' />\nexport type Qy = WxQy.Qy"
      const lines = found.map(
        ({ name }, i) => `import type * as m${i} from '${name}'; export type T${i} = typeof m${i}`,
      )
      const file = project.write(`${kind}.mts`, [globals, ...lines].join('\n'))
      const program = ts.createProgram([file], {
        ...ts.convertCompilerOptionsFromJson(options, project.dir).options,
        target: ts.ScriptTarget.ES2022,
        types: ['node'],
        typeRoots: [path.join(project.dir, 'node_modules/@types')],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
      })
      const complaints = ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
      expect(complaints).toEqual([])
    },
  )

  onlyNightly.each([20, 22, 24])('each entry is loaded on Node %i', (major) => {
    const run = (type: string, code: string) => {
      const node = [
        'exec',
        '--yes',
        `--package=node@${major}`,
        '--',
        'node',
        `--input-type=${type}`,
      ]
      const said = execFileSync('npm', [...node, '-e', code], {
        cwd: project.dir,
        encoding: 'utf8',
      })
      return Object.keys(JSON.parse(said) as object)
    }
    const portable = (list: { name: string }[]) =>
      names(list).filter((name) => name !== '@sealcard/typeorm-sqlite3')
    expect(run('module', imported(portable(scripts())))).toEqual(portable(scripts()))
    expect(run('commonjs', required(portable(forRequire())))).toEqual(portable(forRequire()))
  })
})
