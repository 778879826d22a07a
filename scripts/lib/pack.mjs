import { readdirSync } from 'node:fs'
import path from 'node:path'
import { cleanEnv, pnpm } from './pnpm.mjs'

/**
 * Packs what is built, as it would be published, and prints the tarball's path.
 * @param {string} root the package's folder
 * @param {string} folder an empty one, for the tarball
 */
export const pack = async (root, folder) => {
  const attempt = (env) =>
    pnpm(['pack', '--pack-destination', folder], { cwd: root, quiet: true, env })
  // The pinned pnpm has installed this repository, so npm has it: without a network npm would ask for minutes.
  let { code, output } = await attempt({ ...cleanEnv(), npm_config_offline: 'true' })
  if (code) ({ code, output } = await attempt(cleanEnv()))
  if (code) {
    console.error(output)
    process.exit(code)
  }
  const name = readdirSync(folder).find((one) => one.endsWith('.tgz'))
  console.log(path.join(folder, name))
}
