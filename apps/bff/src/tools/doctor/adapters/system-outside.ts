import { access, constants, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { SystemClock } from '../../../core/ports/clock.js'
import { SystemRandom } from '../../../core/ports/random.js'
import { SystemTimers } from '../../../core/ports/timers.js'
import type { Files, Outside } from '../support/check.js'
import { platformProbe } from '../support/platform-probe.js'
import { httpProbe } from './http-probe.js'

export const systemFiles: Files = {
  temporary: tmpdir(),
  async stat(path) {
    try {
      const { mode, size, uid } = await stat(path)
      const mine = process.getuid?.() === undefined || uid === process.getuid()
      return { mode: mode & 0o777, size, mine }
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT') return null
      throw error
    }
  },
  async space(folder) {
    const { bavail, bsize, type } = await statfs(folder)
    return { free: bavail * bsize, type }
  },
  isFolder: (path) =>
    stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ),
  writable: (folder) =>
    access(folder, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    ),
}

export const systemOutside = (): Outside => {
  const [clock, random] = [new SystemClock(), new SystemRandom()]
  return {
    clock,
    random,
    timers: new SystemTimers(),
    files: systemFiles,
    http: httpProbe,
    platforms: (config) => platformProbe(config, clock, random),
    nodeVersion: process.versions.node,
  }
}
