import { SystemClock } from '../../../core/ports/clock.js'
import { SystemRandom } from '../../../core/ports/random.js'
import { SystemTimers } from '../../../core/ports/timers.js'
import type { Outside } from '../support/check.js'
import { platformProbe } from '../support/platform-probe.js'
import { httpProbe } from './http-probe.js'
import { systemFiles } from './system-files.js'

export function systemOutside(): Outside {
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
