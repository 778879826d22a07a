import type { Check } from '../support/check.js'
import { ok, wrong } from '../support/finding.js'

/** `engines` of the package. */
const OLDEST = [20, 19] as const

export const runtime: Check = {
  name: 'node',
  timeoutMs: 1_000,
  run({ nodeVersion }) {
    const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
    const good = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
    if (good) return [ok('version', `Node ${nodeVersion}`)]
    const todo = `Install Node ${OLDEST.join('.')} or newer.`
    return [wrong('version-old', `Node ${nodeVersion} is too old`, todo)]
  },
}
