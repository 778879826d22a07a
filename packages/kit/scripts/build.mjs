// Builds what each consumer reads: dist/esm and dist/cjs (Node, Taro, Vite, jest), miniprogram_dist (WeChat's npm builder).
// All of it is ES2017: WeChat's npm builder reads no later syntax. The declarations of an entry are one file that imports nothing.
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import { tsc } from '../../../scripts/lib/tsc.mjs'
import { plainTypes } from './plain-types.mjs'

const root = path.join(import.meta.dirname, '..')
const at = (...parts) => path.join(root, ...parts)
const PROTOCOL = '@sealcard/protocol'
const ENTRIES = ['index', 'react/index', 'testing/index']
const FOR_PAGES = ['createWebBffClient', 'createWecomWebPlatform']
const TARGET = 'es2017'

for (const folder of ['dist', 'miniprogram_dist', '.tmp'])
  rmSync(at(folder), { recursive: true, force: true })

// Scripts of Node and of bundlers, file by file: what two entries use is one module.
tsc(at('tsconfig.build.json'))
const modules = readdirSync(at('dist/esm'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.js'))
await build({
  entryPoints: modules.map((file) => at('dist/esm', file)),
  outbase: at('dist/esm'),
  outdir: at('dist/cjs'),
  format: 'cjs',
  target: TARGET,
  platform: 'neutral',
})
for (const [kind, type] of Object.entries({ esm: 'module', cjs: 'commonjs' }))
  writeFileSync(
    at('dist', kind, 'package.json'),
    `${JSON.stringify({ type, sideEffects: false })}\n`,
  )

// One script for WeChat's npm builder, without what only a web page can use.
const names = Object.keys(await import(pathToFileURL(at('dist/esm/index.js'))))
await build({
  stdin: {
    contents: `export { ${names.filter((name) => !FOR_PAGES.includes(name))} } from './index.js'`,
    resolveDir: at('dist/esm'),
  },
  outfile: at('miniprogram_dist/index.js'),
  bundle: true,
  minify: true,
  charset: 'utf8',
  format: 'cjs',
  target: TARGET,
  platform: 'neutral',
})

// Declarations. What the service's schemas infer is written out, so that a consumer needs neither the schemas nor zod.
const wire = at('.tmp/types/protocol.d.ts')
writeFileSync(wire, plainTypes(at('tsconfig.build.json'), PROTOCOL, at('../protocol/src/index.ts')))
const inlined = {
  name: 'inlined',
  resolveId: (id) => (id === PROTOCOL ? wire : null),
}
for (const entry of ENTRIES) {
  const bundle = await rollup({
    input: at('.tmp/types', `${entry}.d.ts`),
    plugins: [inlined, dts()],
    onwarn: ({ message }) => {
      throw new Error(message)
    },
  })
  const file = at('dist/esm', `${entry}.d.ts`)
  await bundle.write({ file, format: 'es' })
  const twin = at('dist/cjs', `${entry}.d.ts`)
  mkdirSync(path.dirname(twin), { recursive: true })
  copyFileSync(file, twin)
}
rmSync(at('.tmp'), { recursive: true, force: true })
