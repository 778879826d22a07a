import { Global, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { CONFIG, type Config } from '../core/config/config.js'
import { RequestLog } from '../observability/request-log.js'
import { AccessGuard } from './access/access.guard.js'
import { Identities } from './access/identities.js'
import { MetricsServer } from './health/metrics-server.js'
import { OperationsController } from './health/operations.controller.js'
import { HelpController, HelpFiles } from './help/help.controller.js'
import { AddressLimits } from './limits/address-limits.js'
import { PersonLimits } from './limits/person-limits.js'
import { PageCursor } from './pagination/page-cursor.js'
import { RawBodies } from './parsing/raw-body.js'
import { ProblemFilter } from './problems/problem.js'
import { LoadShedding } from './server/load-shedding.js'
import { ProxyWatch } from './server/proxy-watch.js'

@Global()
@Module({
  controllers: [OperationsController, HelpController],
  providers: [
    LoadShedding,
    MetricsServer,
    Identities,
    PageCursor,
    ProblemFilter,
    ProxyWatch,
    RawBodies,
    RequestLog,
    AddressLimits,
    PersonLimits,
    { provide: HelpFiles, useFactory: ({ help }: Config) => new HelpFiles(help), inject: [CONFIG] },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [
    LoadShedding,
    Identities,
    PageCursor,
    ProblemFilter,
    ProxyWatch,
    RawBodies,
    RequestLog,
    AddressLimits,
    PersonLimits,
  ],
})
export class HttpModule {}
