// node build-weapp.mjs <folder>: copies the mini-program there and puts the kit beside it, as WeChat's npm builder would:
// one CommonJS file.
import { cpSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const [target] = process.argv.slice(2)
if (!target) throw new TypeError('name the folder')

mkdirSync(target, { recursive: true })
cpSync(path.join(import.meta.dirname, 'weapp'), target, { recursive: true })
await build({
  stdin: { contents: "export * from '@sealcard/kit'", resolveDir: import.meta.dirname },
  bundle: true,
  format: 'cjs',
  target: 'es2017',
  outfile: path.join(target, 'sealcard-kit.js'),
})
