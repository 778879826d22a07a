// Jest evaluates every module anew for every test file: 2,600 of them for one that starts the service, more than a second.
// So the libraries that are many small files become one, before the first test runs.
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { OUTSIDE } from '../../scripts/outside.mjs'

const bff = path.resolve(import.meta.dirname, '../..')
const out = path.join(bff, '.tmp/libraries')
const lockfile = path.resolve(bff, '../../pnpm-lock.yaml')

/**
 * By what the service and its tests import them as. Who adds a library that itself imports one of these adds it here:
 * elsewhere it would get a second copy of Nest or TypeORM.
 */
const LIBRARIES = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/schedule',
  '@nestjs/swagger',
  '@nestjs/testing',
  'cockatiel',
  'nestjs-pino',
  'prom-client',
  'typeorm',
  'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js',
  'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js',
  'typeorm/subscriber/BroadcasterResult.js',
  'undici',
  'zod',
]

const fileOf = (library) => path.join(out, `${library.replaceAll('/', '__')}.cjs`)
const literally = (text) => text.replace(/[/.]/g, '\\$&')

/** For jest's `moduleNameMapper`. */
export const bundledLibraries = Object.fromEntries(
  LIBRARIES.map((library) => [`^${literally(library)}$`, fileOf(library)]),
)

/** A library may look for files beside itself, so `import.meta.url` keeps its original place. */
const whereItWas = {
  name: 'import.meta.url',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules.*\.m?js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8')
      const url = JSON.stringify(pathToFileURL(file).href)
      return { contents: text.replaceAll('import.meta.url', url), loader: 'js' }
    }),
}

const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Before the first test of a run. */
const bundleLibraries = async () => {
  const all = path.join(out, 'all.cjs')
  const inputs = [import.meta.filename, lockfile]
  if (inputs.every((input) => changedAt(input) < changedAt(all))) return
  mkdirSync(out, { recursive: true })
  for (const [n, library] of LIBRARIES.entries())
    writeFileSync(fileOf(library), `module.exports = require('./all.cjs').library${n}\n`)
  const contents = LIBRARIES.map((library, n) => `export * as library${n} from '${library}'`)
  const half = `${all}.${process.pid}`
  await build({
    stdin: { contents: contents.join('\n'), resolveDir: bff },
    outfile: half,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    external: OUTSIDE,
    plugins: [whereItWas],
    logLevel: 'error',
  })
  renameSync(half, all)
}

export default bundleLibraries
