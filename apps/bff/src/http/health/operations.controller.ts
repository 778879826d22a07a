import { Controller, Get, Header, Inject, Res } from '@nestjs/common'
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger'
import { ServiceStatus } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { CONFIG, type Config } from '../../core/config/config.js'
import { ApiError } from '../../core/errors/api-error.js'
import { Metrics } from '../../observability/metrics.js'
import { Readiness } from '../../observability/readiness.js'
import { Rule } from '../access/decorators.js'
import { Answers, UnthrottledProblems } from '../openapi/api-docs.js'

@ApiTags('Operations')
@Controller()
@Rule('anyone')
export class OperationsController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('healthz')
  @Answers(200, ServiceStatus)
  alive(): ServiceStatus {
    return { status: 'alive' }
  }

  @Get('readyz')
  @Answers(200, ServiceStatus)
  @UnthrottledProblems()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ServiceStatus> {
    if (this.readiness.draining) {
      void reply.code(503)
      return { status: 'draining' }
    }
    await this.readiness.check()
    return { status: 'ready' }
  }

  @Get('metrics')
  @ApiExcludeEndpoint()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  scrape(): Promise<string> {
    // They have an address of their own.
    if (this.config.metrics) throw new ApiError('ERR_NOT_FOUND')
    return this.metrics.text()
  }
}
