// Packs what is built, as it would be published, and prints the tarballs' paths, one a line.
// Usage: node scripts/pack.mjs FOLDER NAME…, an empty folder and names of packages
import path from 'node:path'
import { at } from './lib/paths.mjs'
import { cleanEnv, pnpm } from './lib/pnpm.mjs'
import { packages } from './lib/workspace.mjs'

const [folder, ...names] = process.argv.slice(2)

const attempt = (env) =>
  pnpm(
    [
      '-r',
      ...names.map((name) => `--filter=${name}`),
      'pack',
      '--pack-destination',
      path.resolve(folder),
    ],
    { cwd: at('.'), quiet: true, env },
  )
// The pinned pnpm has installed this repository, so npm has it: without a network npm would ask for minutes.
let { code, output } = await attempt({ ...cleanEnv(), npm_config_offline: 'true' })
if (code) ({ code, output } = await attempt(cleanEnv()))
if (code) {
  console.error(output)
  process.exit(code)
}
const all = packages()
for (const name of names) {
  const { version } = all.find((one) => one.name === name).json
  console.log(path.join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`))
}
