// Builds the simulator: src with tsc, the phones' browser code with esbuild into dist/phone.
import { cp, mkdir } from 'node:fs/promises'
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
