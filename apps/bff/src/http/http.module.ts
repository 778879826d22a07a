import { Global, Module } from '@nestjs/common'
import { Admission } from './admission.js'
import { Identities } from './identities.js'
import { PageCursor } from './page-cursor.js'
import { ProblemFilter } from './problem.filter.js'
import { ProxyWatch } from './proxy-watch.js'
import { RawBodies } from './raw-body.js'
import { RequestLog } from './request-log.js'

@Global()
@Module({
  providers: [Admission, Identities, PageCursor, ProblemFilter, ProxyWatch, RawBodies, RequestLog],
  exports: [Admission, Identities, PageCursor, ProblemFilter, ProxyWatch, RawBodies, RequestLog],
})
export class HttpModule {}
