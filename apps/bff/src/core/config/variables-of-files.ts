import { secretOfFile } from './secret.schema.js'

type Env = Record<string, string | undefined>

/** Those that hold secrets. */
const SECRET = ['SEALCARD_KEYRING', 'SEALCARD_ADMIN_TOKEN', 'DATABASE_URL'] as const

/**
 * `SEALCARD_KEYRING_FILE=/run/secrets/keyring`, and so for each variable that holds a secret: Docker and Kubernetes mount
 * secrets as files, systemd has `LoadCredential`.
 * @returns the variables with what the files hold
 */
export const withFiles = (
  env: Env,
  readFile: (path: string) => Uint8Array,
  mistakes: string[],
): Env => {
  const read: Env = {}
  for (const name of SECRET) {
    const path = env[`${name}_FILE`]
    if (!path) continue
    const text = secretOfFile(path, readFile)
    if (typeof text === 'object') mistakes.push(`${name}_FILE: can't read ${path} (${text.code})`)
    else read[name] = text
    if (env[name]) mistakes.push(`${name}_FILE: ${name} is set, too: remove one of them`)
  }
  return { ...env, ...read }
}
