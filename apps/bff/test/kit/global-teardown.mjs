// Jest's `globalTeardown`.
import { rmSync } from 'node:fs'

export default () => {
  const folder = process.env.SEALCARD_RUN_FOLDER
  if (folder) rmSync(folder, { recursive: true, force: true })
}
