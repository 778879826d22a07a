import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { exec } from './exec.mjs'
import { at } from './paths.mjs'

const windows = process.platform === 'win32'

/** `pnpm@x.y.z` of package.json: the one version this repository installs with. */
const pinned = () => JSON.parse(readFileSync(at('package.json'), 'utf8')).packageManager

/** npm leaks its own settings into the environment of a script; pnpm would read them as its own. */
export const cleanEnv = (env = process.env) => {
  const leaked =
    /^npm_(config_(yes|user_agent|prefix|local_prefix|global_prefix|noproxy|node_gyp|cache|userconfig|globalconfig|init_module)|package_|lifecycle|execpath|command)/i
  const clean = Object.fromEntries(Object.entries(env).filter(([key]) => !leaked.test(key)))
  clean.COREPACK_ENABLE_STRICT = '0'
  // node-gyp compiles with one core unless it is told.
  clean.JOBS ??= 'max'
  // node-gyp compiles sqlite3 against the headers beside this node instead of downloading them, where they are.
  const prefix = path.resolve(process.execPath, '../..')
  if (!clean.npm_config_nodedir && existsSync(path.join(prefix, 'include/node/node.h'))) {
    clean.npm_config_nodedir = prefix
  }
  return clean
}

let found
const launcher = (env) => {
  if (found) return found
  const want = pinned()
  const have = spawnSync('pnpm', ['--version'], { env, encoding: 'utf8', shell: windows })
  found =
    have.status === 0 && have.stdout.trim() === want.split('@')[1]
      ? ['pnpm', []]
      : ['npm', ['exec', '--yes', `--package=${want}`, '--', 'pnpm']]
  return found
}

/** Runs the pinned pnpm. @param {string[]} args @param {Parameters<typeof exec>[2]} [options] */
export const pnpm = (args, options) => {
  const env = cleanEnv()
  const [command, before] = launcher(env)
  return exec(command, [...before, ...args], { env, ...options })
}
