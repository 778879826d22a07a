import { Get, Query, Res } from '@nestjs/common'
import { ApiProduces } from '@nestjs/swagger'
import { ExportAdminCards, ExportAdminOpenings, ExportAudit } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { sendLines } from './export-rows.js'
import { ExportService } from './export.service.js'

/** Lists as files. After a broken download the client repeats the call, with `after` of the last whole line. */
@Administrators()
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Get('audit/export')
  @Rule('audit')
  @Answers(200)
  @ApiProduces('application/x-ndjson', 'text/csv')
  @Problems('ERR_INPUT')
  async audit(
    @Admin() by: AdminPrincipal,
    @Query(valid(ExportAudit, 'query')) query: ExportAudit,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendLines(reply, query.format, 'audit', await this.exports.audit(by, query))
  }

  @Get('cards/export')
  @Rule('audit')
  @Answers(200)
  @ApiProduces('application/x-ndjson', 'text/csv')
  @Problems('ERR_INPUT')
  async cards(
    @Admin() by: AdminPrincipal,
    @Query(valid(ExportAdminCards, 'query')) query: ExportAdminCards,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendLines(reply, query.format, 'cards', await this.exports.cards(by, query))
  }

  @Get('openings/export')
  @Rule('audit')
  @Answers(200)
  @ApiProduces('application/x-ndjson', 'text/csv')
  @Problems('ERR_INPUT')
  async openings(
    @Admin() by: AdminPrincipal,
    @Query(valid(ExportAdminOpenings, 'query')) query: ExportAdminOpenings,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendLines(reply, query.format, 'openings', await this.exports.openings(by, query))
  }
}
