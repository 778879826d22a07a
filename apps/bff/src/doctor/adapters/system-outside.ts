import { SystemClock } from '../../ports/clock.js'
import { SystemRandom } from '../../ports/random.js'
import { SystemTimers } from '../../ports/timers.js'
import type { Outside } from '../check.js'
import { platformProbe } from '../platform-probe.js'
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
