import { type DynamicModule, Module } from '@nestjs/common'
import { ScheduleModule } from '@nestjs/schedule'
import { LoggerModule } from 'nestjs-pino'
import { AccessModule } from './access/access.module.js'
import { AccountsModule } from './accounts/accounts.module.js'
import { AdminModule } from './admin/admin.module.js'
import { AppsModule } from './apps/apps.module.js'
import { AuditModule } from './audit/audit.module.js'
import { BotsModule } from './bots/bots.module.js'
import { CardsModule } from './cards/cards.module.js'
import { type Config } from './config/config.js'
import { ConfigModule } from './config/config.module.js'
import { HttpModule } from './http/http.module.js'
import { JobsModule } from './jobs/jobs.module.js'
import { LimitsModule } from './limits/limits.module.js'
import { loggerParams, type LogLevel } from './logger.js'
import { OpeningsModule } from './openings/openings.module.js'
import { OperationsModule } from './operations/operations.module.js'
import { PepperModule } from './pepper/pepper.module.js'
import { PlatformsModule } from './platforms/platforms.module.js'
import { PortsModule } from './ports/ports.module.js'
import { PrivacyModule } from './privacy/privacy.module.js'
import { SessionsModule } from './sessions/sessions.module.js'
import { SharesModule } from './shares/shares.module.js'
import { StorageModule } from './storage/storage.module.js'
import { VaultModule } from './vault/vault.module.js'

@Module({})
export class AppModule {
  static of(config: Config, level: LogLevel = 'info'): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerParams(level)),
        ScheduleModule.forRoot(),
        ConfigModule.of(config),
        PortsModule,
        StorageModule,
        VaultModule,
        PlatformsModule,
        PepperModule,
        AppsModule,
        LimitsModule,
        AccessModule,
        AccountsModule,
        AuditModule,
        HttpModule,
        OperationsModule,
        SessionsModule,
        CardsModule,
        SharesModule,
        OpeningsModule,
        BotsModule,
        JobsModule,
        PrivacyModule,
        AdminModule,
      ],
    }
  }
}
