// Compiles src with tsc, then makes one file each of what is run, with its libraries: 2,700 small files take most of the
// time that the service needs until it is ready. The compiled modules stay beside them, to be run or looked into one by
// one: what is `main.js` in one file is `app/main.js` in many.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { tsc } from '../../../scripts/lib/tsc.mjs'
import { CLASS_NAMES, keepClassNames } from './class-names.mjs'
import { OUTSIDE } from './outside.mjs'

const root = path.resolve(import.meta.dirname, '..')
const dist = path.join(root, 'dist')

try {
  tsc('tsconfig.build.json', root)
} catch {
  process.exit(1)
}

// The name of a chunk holds a hash: what an earlier build left would stay.
rmSync(path.join(dist, 'bundle'), { recursive: true, force: true })

const RUN = ['main', 'cli']
// CommonJS libraries ask for Node's own modules by require.
const banner = `import { createRequire as requireOf } from 'node:module'
const require = requireOf(import.meta.url)
${CLASS_NAMES}`

const { outputFiles } = await build({
  entryPoints: Object.fromEntries(RUN.map((name) => [name, path.join(dist, 'app', `${name}.js`)])),
  outdir: dist,
  chunkNames: 'bundle/[name]-[hash]',
  splitting: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  keepNames: true,
  banner: { js: banner },
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'linked',
  external: OUTSIDE,
  logLevel: 'error',
  write: false,
})

for (const { path: file, text } of outputFiles) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, file.endsWith('.js') ? keepClassNames(text) : text)
}
