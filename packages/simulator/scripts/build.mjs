// Builds the simulator: src with tsc, the same as CommonJS for jest into dist/cjs, the phones' browser code into dist/phone.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import esbuild from 'esbuild'
import { tsc } from '../../../scripts/lib/tsc.mjs'

const root = path.resolve(import.meta.dirname, '..')
const out = path.join(root, 'dist/phone')
const onlyPhone = process.argv.includes('--phone')

if (!onlyPhone) {
  try {
    tsc('tsconfig.build.json', root)
  } catch {
    process.exit(1)
  }
}

/** A stock jest cannot import an ES module. Paths are taken from dist/cjs/index.js, as deep as dist/adapters. */
const buildForRequire = async () => {
  const dist = path.join(root, 'dist')
  const cjs = path.join(dist, 'cjs')
  await rm(cjs, { recursive: true, force: true })
  await esbuild.build({
    entryPoints: [path.join(root, 'src/index.ts')],
    outfile: path.join(cjs, 'index.js'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  })
  const declarations = (file) => !/[\\/](cjs|phone)$/.test(file) && !/\.(js|map)$/.test(file)
  const copy = path.join(root, '.tmp-types')
  await cp(dist, copy, { recursive: true, filter: declarations })
  await cp(copy, cjs, { recursive: true })
  await rm(copy, { recursive: true })
  await writeFile(path.join(cjs, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`)
}
if (!onlyPhone) await buildForRequire()

const shared = { bundle: true, outdir: out, target: 'es2022', logLevel: 'warning' }
await mkdir(out, { recursive: true })
await Promise.all([
  // glass-easel's own checks are in its development build; a simulator wants them.
  esbuild.build({
    ...shared,
    entryPoints: { host: path.join(root, 'phone/host/main.ts') },
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"development"' },
  }),
  esbuild.build({
    ...shared,
    entryPoints: {
      shell: path.join(root, 'phone/shell/main.tsx'),
    },
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  }),
  // Runs before the page's own scripts, in the page.
  esbuild.build({
    ...shared,
    entryPoints: { bridge: path.join(root, 'phone/bridge/main.ts') },
    format: 'iife',
  }),
  cp(path.join(root, 'phone/host/host.css'), path.join(out, 'host.css')),
  cp(path.join(root, 'phone/frame.html'), path.join(out, 'frame.html')),
  cp(path.join(root, 'phone/page.html'), path.join(out, 'index.html')),
])
