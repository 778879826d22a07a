// What is published is what the documentation says: publint, are-the-types-wrong, every subpath in
// both module systems. Works offline: the tarball is made here and read from disk.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const root = path.join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
const run = (file, args) => execFileSync(file, args, { cwd: root, stdio: 'inherit' })

run(process.execPath, [path.join(root, 'scripts/build.mjs')])
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

const { messages } = await publint({ pkgDir: root, strict: true, pack: 'npm' })
for (const message of messages) console.error(formatMessage(message, manifest))

const dir = mkdtempSync(path.join(os.tmpdir(), 'pack-check-'))
try {
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', dir]
  const name = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim().split('\n').pop()
  const attw = path.join(path.dirname(require.resolve('@arethetypeswrong/cli/package.json')))
  run(process.execPath, [
    path.join(attw, 'dist/index.js'),
    path.join(dir, name),
    '--profile',
    'node16',
  ])
} finally {
  rmSync(dir, { recursive: true })
}

for (const subpath of Object.keys(manifest.exports)) {
  const specifier = manifest.name + subpath.slice(1)
  const required = require(specifier)
  if (subpath === './package.json') continue
  const imported = await import(specifier)
  const names = (module) =>
    Object.keys(module).filter((key) => key !== 'default' && key !== 'module.exports')
  if (names(required).length === 0 || `${names(required).sort()}` !== `${names(imported).sort()}`) {
    throw new Error(`${specifier} differs between import and require`)
  }
}
console.log(`${Object.keys(manifest.exports).length} subpaths, import and require`)
process.exitCode = messages.length === 0 ? 0 : 1
