import type { Check } from '../support/check.js'
import { ok, warning } from '../support/finding.js'

/** Who may read the config file, when secrets stand in it. */
export const configFile: Check = {
  name: 'config file',
  timeoutMs: 5_000,
  async run({ config, files }) {
    if (!config.file) return []
    const { path, secretsInClear } = config.file
    if (!secretsInClear) return [ok('config-without-secrets', `${path} holds no secret in clear`)]
    const mode = (await files.stat(path))?.mode ?? 0
    if ((mode & 0o077) === 0) {
      return [ok('config-private', `${path} holds secrets, and its owner alone may read it`)]
    }
    const what = `others on this machine may read ${path}, which holds secrets in clear (mode ${mode.toString(8)})`
    const todo = `chmod 600 ${path}, or name the secrets as { "env": NAME }.`
    return [warning('config-readable', what, todo)]
  },
}
