import { Controller, Delete, Get, Res } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { PersonCopy } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { Authenticated } from '../http/access/decorators.js'
import { Me, type Principal } from '../http/access/principals.js'
import { Answers, Problems } from '../http/openapi/api-docs.js'
import { sendDocument } from '../http/server/send-document.js'
import { PersonService } from './person.service.js'

/** A member's copy of their data, and its erasure. */
@ApiTags('Members')
@Controller('v1/me')
@Authenticated()
export class OwnDataController {
  constructor(private readonly people: PersonService) {}

  /** With the words of the caller's own cards. At most ten copies an hour. */
  @Get('export')
  @Answers(200, PersonCopy)
  @Problems()
  async export(@Me() me: Principal, @Res() reply: FastifyReply): Promise<void> {
    await sendDocument(reply, await this.people.exportOwn(me.viewerId, from(me)))
  }

  /** Erases all of it at once, and ends every session. It cannot be undone. */
  @Delete()
  @Answers(204)
  async erase(@Me() me: Principal): Promise<void> {
    await this.people.eraseOwn(me.viewerId, from(me))
  }
}

const from = ({ network }: Principal): string => (network ? `network=${network}` : '')
