import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { at, root } from './paths.mjs'

const NOT_INPUT = new Set([
  'node_modules',
  'dist',
  'miniprogram_dist',
  'out',
  'coverage',
  'reports',
  'test',
  '.stryker-tmp',
  '.tmp',
  '.swc',
])

/** Every package of the workspace, dependencies first. @returns {{ name: string, dir: string, json: any, key: string }[]} */
export const packages = () => {
  const dirs = ['packages', 'apps'].flatMap((group) =>
    readdirSync(at(group)).map((name) => at(group, name)),
  )
  const all = [...dirs, at('test')]
    .filter((dir) => existsSync(path.join(dir, 'package.json')))
    .map((dir) => ({ dir, json: JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) }))
    .map((p) => ({ ...p, name: p.json.name, key: '' }))
  const byName = new Map(all.map((p) => [p.name, p]))
  const ordered = []
  const visit = (p) => {
    if (ordered.includes(p)) return
    const needs = Object.keys({ ...p.json.dependencies, ...p.json.devDependencies })
      .map((name) => byName.get(name))
      .filter(Boolean)
    needs.forEach(visit)
    p.key = key(p, needs)
    ordered.push(p)
  }
  all.forEach(visit)
  return ordered
}

/** Read by the build of every package, or of several. */
const SHARED = [
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'scripts/lib/build-both.mjs',
  'scripts/lib/tsc.mjs',
]

/** Changes when anything that the build of a package reads changes: its files, its dependencies' files, what is shared. */
const key = ({ dir, json }, needs) => {
  const hash = createHash('sha256')
  for (const file of SHARED) hash.update(readFileSync(path.join(root, file)))
  for (const p of needs) hash.update(p.key)
  const inputs = (json.sealcard?.inputs ?? []).map((input) => path.join(dir, input))
  for (const file of [dir, ...inputs].flatMap(files))
    hash.update(path.relative(dir, file)).update('\0').update(readFileSync(file))
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (/^SEALCARD_(BFF_URL|APP_|WEAPP_APPID)/.test(name)) hash.update(`${name}=${value}\0`)
  }
  return hash.digest('hex')
}

/** @param {string} place a folder, or a file */
const files = (place) => {
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => !NOT_INPUT.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(place, entry.name)
      return entry.isDirectory() ? files(full) : [full]
    })
}
