import { access, constants, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { request } from 'undici'
import { SystemClock } from '../../../core/ports/clock.js'
import { SystemRandom } from '../../../core/ports/random.js'
import { SystemTimers } from '../../../core/ports/timers.js'
import type { Platform } from '../../../platforms/registry/platform.js'
import { Platforms } from '../../../platforms/registry/platforms.js'
import type { Files, Outside, HttpProbe } from '../support/check.js'
import { platformProbe } from '../support/platform-probe.js'

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

/** @param platforms those that an app may be of */
export const systemOutside = (platforms: readonly Platform[]): Outside => {
  const [clock, random] = [new SystemClock(), new SystemRandom()]
  return {
    clock,
    random,
    timers: new SystemTimers(),
    files: systemFiles,
    http: httpProbe,
    platforms: new Platforms(platforms),
    probe: (config) => platformProbe(config, new Platforms(platforms), clock, random),
    nodeVersion: process.versions.node,
  }
}

const TIMEOUT_MS = 5_000

export const httpProbe: HttpProbe = {
  async ask(url, dispatcher) {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const { statusCode, headers, body } = await request(url, {
      method: 'HEAD',
      signal,
      ...(dispatcher && { dispatcher }),
    })
    await body.dump()
    const { date } = headers
    return { status: statusCode, date: typeof date === 'string' ? date : undefined }
  },
}
