import { Global, Module } from '@nestjs/common'
import { HOST_CLOCK, SystemClock } from './clock.js'
import { RANDOM, SystemRandom } from './random.js'
import { SystemTimers, TIMERS } from './timers.js'

/** The outside world without an address: the machine's time, randomness, waiting. */
@Global()
@Module({
  providers: [
    { provide: HOST_CLOCK, useFactory: () => new SystemClock() },
    { provide: RANDOM, useClass: SystemRandom },
    { provide: TIMERS, useClass: SystemTimers },
  ],
  exports: [HOST_CLOCK, RANDOM, TIMERS],
})
export class PortsModule {}
