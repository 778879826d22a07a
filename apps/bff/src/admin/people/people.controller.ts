import { Body, Get, Param, Post, Query, Res } from '@nestjs/common'
import { AdminViewer, Because, PersonErased, PersonExport, WithReason } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { sendDocument } from '../../http/server/send-document.js'
import { PeopleService } from './people.service.js'

/** The only routes that say who a person is. */
@Administrators()
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get('viewers/:viewerId')
  @Rule('manage')
  @Answers(200, AdminViewer)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  read(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Query(valid(Because, 'query')) { reason }: Because,
  ): Promise<AdminViewer> {
    return this.people.read(by, viewerId, reason)
  }

  /** Titles and bodies are `(held sealed)` here. The person's own copy, `GET /v1/me/export`, has them. */
  @Get('viewers/:viewerId/export')
  @Rule('manage')
  @Answers(200, PersonExport)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  async export(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Query(valid(Because, 'query')) { reason }: Because,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendDocument(reply, await this.people.export(by, viewerId, reason))
  }

  @Post('viewers/:viewerId/erase')
  @Rule('manage')
  @Answers(200, PersonErased)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  erase(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Body(valid(WithReason)) { reason }: WithReason,
  ): Promise<PersonErased> {
    return this.people.erase(by, viewerId, reason)
  }
}
