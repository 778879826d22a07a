import { Body, Post, Req, Res } from '@nestjs/common'
import { ApiProduces } from '@nestjs/swagger'
import { Act, AuditReport, RewrapReport, VerifyAudit } from '@sealcard/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { MaintenanceService } from './maintenance.service.js'
import { streamProgress } from './ndjson-progress.js'

/** Long work; `Accept: application/x-ndjson` for progress. */
@Administrators()
export class MaintenanceController {
  constructor(private readonly works: MaintenanceService) {}

  @Post('audit/verify')
  @Rule('audit')
  @Answers(200, AuditReport)
  @ApiProduces('application/json', 'application/x-ndjson')
  @Problems(...BODY_ERRORS, 'ERR_CONFLICT')
  async verify(
    @Admin() by: AdminPrincipal,
    @Body(valid(VerifyAudit)) body: VerifyAudit,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await streamProgress(request, reply, (tell) => this.works.verify(by, body, tell))
  }

  @Post('keys/rewrap')
  @Rule('manage')
  @Answers(200, RewrapReport)
  @ApiProduces('application/json', 'application/x-ndjson')
  @Problems(...BODY_ERRORS, 'ERR_CONFLICT')
  async rewrap(
    @Admin() by: AdminPrincipal,
    @Body(valid(Act)) { reason }: Act,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await streamProgress(request, reply, (tell) => this.works.rewrap(by, reason, tell))
  }
}
