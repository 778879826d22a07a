import { Global, Module } from '@nestjs/common'
import { CLOCK, SystemClock } from './clock.js'
import { RANDOM, SystemRandom } from './random.js'
import { SystemTimers, TIMERS } from './timers.js'

/** The outside world that has no address: time, randomness, waiting. */
@Global()
@Module({
  providers: [
    { provide: CLOCK, useClass: SystemClock },
    { provide: RANDOM, useClass: SystemRandom },
    { provide: TIMERS, useClass: SystemTimers },
  ],
  exports: [CLOCK, RANDOM, TIMERS],
})
export class PortsModule {}
