// Packs what is built, as it would be published. Usage: node scripts/pack.mjs FOLDER; prints the tarball's path.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { cleanEnv, pnpm } from '../../../scripts/lib/pnpm.mjs'

const [folder] = process.argv.slice(2)
const root = path.join(import.meta.dirname, '..')
const pack = (env) => pnpm(['pack', '--pack-destination', folder], { cwd: root, quiet: true, env })
// The pinned pnpm has installed this repository, so npm has it: without a network npm would ask for minutes.
let { code, output } = await pack({ ...cleanEnv(), npm_config_offline: 'true' })
if (code) ({ code, output } = await pack(cleanEnv()))
if (code) {
  console.error(output)
  process.exit(code)
}
console.log(
  path.join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz')),
  ),
)
