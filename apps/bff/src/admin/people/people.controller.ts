import { Body, Get, Param, Post, Query } from '@nestjs/common'
import { AdminViewer, Because, PersonErased, PersonExport, WithReason } from '@sealcard/protocol'
import { Admin, type AdminPrincipal } from '../../access/admin-principal.js'
import { Rule } from '../../access/rule.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/api-docs.js'
import { valid } from '../../http/validation.js'
import { Administrators } from '../administrators.js'
import { PeopleService } from './people.service.js'

/** The only routes that say who somebody is. */
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

  @Get('viewers/:viewerId/export')
  @Rule('manage')
  @Answers(200, PersonExport)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  async export(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Query(valid(Because, 'query')) { reason }: Because,
  ) {
    const { tables, ...told } = await this.people.export(by, viewerId, reason)
    return { ...told, personal: ['tables'], tables }
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
