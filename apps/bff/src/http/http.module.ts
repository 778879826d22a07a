import { Global, Module } from '@nestjs/common'
import { RequestLog } from '../observability/request-log.js'
import { Identities } from './access/identities.js'
import { PageCursor } from './pagination/page-cursor.js'
import { RawBodies } from './parsing/raw-body.js'
import { ProblemFilter } from './problems/problem.filter.js'
import { Admission } from './server/admission.js'
import { ProxyWatch } from './server/proxy-watch.js'

@Global()
@Module({
  providers: [Admission, Identities, PageCursor, ProblemFilter, ProxyWatch, RawBodies, RequestLog],
  exports: [Admission, Identities, PageCursor, ProblemFilter, ProxyWatch, RawBodies, RequestLog],
})
export class HttpModule {}
