import { Controller, Delete, Get, Res } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { PersonCopy } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { Authenticated } from '../http/access/decorators.js'
import { Me, type Principal } from '../http/access/principals.js'
import { Answers, Problems } from '../http/openapi/api-docs.js'
import { sendDocument } from '../http/server/send-document.js'
import { PersonService } from './person.service.js'

/** What members do with all that is held about them. */
@ApiTags('Members')
@Controller('v1/me')
@Authenticated()
export class OwnDataController {
  constructor(private readonly people: PersonService) {}

  /** The words of the caller's own cards included. Ten copies an hour at most. */
  @Get('export')
  @Answers(200, PersonCopy)
  @Problems()
  async export(@Me() me: Principal, @Res() reply: FastifyReply): Promise<void> {
    await sendDocument(reply, await this.people.exportOwn(me.viewerId, from(me)))
  }

  /** All of it, at once, and every session with it. There is no way back. */
  @Delete()
  @Answers(204)
  async erase(@Me() me: Principal): Promise<void> {
    await this.people.eraseOwn(me.viewerId, from(me))
  }
}

const from = ({ network }: Principal): string => (network ? `network=${network}` : '')
