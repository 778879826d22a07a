import { parseEnv } from 'node:util'
import { ConfigError } from './config.js'

type Env = Record<string, string | undefined>

/** What `sealcard init` writes, and where every command looks for it: the folder in which it runs. */
export const FOLDER_ENV = 'sealcard.env'
/** The first that is there. */
export const FOLDER_CONFIGS = ['sealcard.config.jsonc', 'sealcard.config.json'] as const

/**
 * The environment of a command, with what the files of its folder add. A variable that is set outweighs the file's.
 * @param readFile the bytes of a file of the folder; throws when it can't be read
 * @throws ConfigError when `sealcard.env` is there and this user may not read it
 */
export const withFolder = (env: Env, readFile: (path: string) => Uint8Array): Env => {
  const text = read(FOLDER_ENV, readFile)
  const merged: Env = { ...(text && parseEnv(Buffer.from(text).toString())), ...env }
  if (merged['SEALCARD_CONFIG']) return merged
  const config = FOLDER_CONFIGS.find((name) => read(name, readFile) !== undefined)
  return config ? { ...merged, SEALCARD_CONFIG: `./${config}` } : merged
}

const read = (path: string, readFile: (path: string) => Uint8Array): Uint8Array | undefined => {
  try {
    return readFile(path)
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === 'ENOENT') return undefined
    throw new ConfigError([`${path}: this user can't read it (${String(code)})`])
  }
}
