import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at } from './paths.mjs'
import { pnpm } from './pnpm.mjs'

const stamp = at('node_modules/.install-stamp')
const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']

/** Installs from the lockfile when it, the settings or this Node changed since the last install. */
export const install = async () => {
  const hash = createHash('sha256').update(process.versions.modules)
  for (const file of inputs) hash.update(readFileSync(at(file)))
  const want = hash.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return
  console.log(
    'Installing the dependencies (the first time takes a minute or two: sqlite3 is compiled) …',
  )
  const { code } = await pnpm(['install', '--frozen-lockfile'])
  if (code) {
    console.error('The installation failed; the lines above say why.')
    process.exit(code)
  }
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, want)
}
