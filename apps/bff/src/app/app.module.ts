import { type DynamicModule, Module } from '@nestjs/common'
import { LoggerModule } from 'nestjs-pino'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AdminModule } from '../admin/admin.module.js'
import { AuditModule } from '../audit/audit.module.js'
import { BotsModule } from '../bots/bots.module.js'
import type { Config, LogLevel } from '../core/config/config.js'
import { ConfigModule, VaultModule, JobsModule, PortsModule } from '../core/core.modules.js'
import { loggerParams } from '../core/logging/logger.js'
import { KeyedHashModule } from '../database/keyed-hash/keyed-hash.service.js'
import { HttpModule } from '../http/http.module.js'
import { LifecycleModule } from '../lifecycle/lifecycle.module.js'
import { MembersModule } from '../members/members.module.js'
import { ObservabilityModule } from '../observability/observability.module.js'
import { PLATFORMS } from '../platforms/all-platforms.js'
import { PlatformsModule } from '../platforms/platforms.module.js'
import type { Platform } from '../platforms/registry/platform.js'
import { WebhooksModule } from '../webhooks/webhooks.module.js'
import { StorageModule } from '../schema/storage.module.js'
import { DoctorModule } from '../tools/doctor/http/doctor.module.js'

@Module({})
export class AppModule {
  static of(
    config: Config,
    level: LogLevel = config.log?.level ?? 'info',
    platforms: readonly Platform[] = PLATFORMS,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerParams(level)),
        JobsModule,
        ConfigModule.of(config),
        PortsModule,
        StorageModule,
        VaultModule,
        PlatformsModule.of(platforms),
        KeyedHashModule,
        HttpModule,
        AccountsModule,
        AuditModule,
        ObservabilityModule,
        MembersModule,
        BotsModule,
        WebhooksModule,
        LifecycleModule,
        AdminModule,
        DoctorModule,
      ],
    }
  }
}
