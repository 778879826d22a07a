import { Module, type DynamicModule, Global } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { ScheduleModule } from '@nestjs/schedule'
import { CONFIG, type Config } from './config/config.js'
import { Vault } from './crypto/vault.js'
import { Jobs } from './jobs/jobs.js'
import { HOST_CLOCK, SystemClock } from './ports/clock.js'
import { RANDOM, SystemRandom } from './ports/random.js'
import { SystemTimers, TIMERS } from './ports/timers.js'

/** `ConfigModule.of(loadConfig(process.env, read))`: provides CONFIG everywhere. */
@Module({})
export class ConfigModule {
  static of(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    }
  }
}

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

@Global()
@Module({
  providers: [
    { provide: Vault, useFactory: (config: Config) => new Vault(config.keyring), inject: [CONFIG] },
  ],
  exports: [Vault],
})
export class VaultModule {}

@Global()
@Module({
  imports: [DiscoveryModule, ScheduleModule.forRoot()],
  providers: [Jobs],
  exports: [Jobs],
})
export class JobsModule {}
