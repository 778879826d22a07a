import { Global, Module } from '@nestjs/common'
import { PageCursor } from './page-cursor.js'
import { ProblemFilter } from './problem.filter.js'
import { RequestLog } from './request-log.js'

@Global()
@Module({
  providers: [PageCursor, ProblemFilter, RequestLog],
  exports: [PageCursor, ProblemFilter, RequestLog],
})
export class HttpModule {}
