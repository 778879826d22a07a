import { Controller, Get, Res } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { ReceiptKeySet } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { Rule } from '../../http/access/decorators.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { ReceiptKeys } from './receipt-keys.js'

/** Far less than a key is published before it signs. */
const KEPT_SECONDS = 300

@ApiTags('Servers')
@Controller('.well-known/jwks.json')
export class ReceiptKeyController {
  constructor(private readonly keys: ReceiptKeys) {}

  /** The public keys of receipts. */
  @Get()
  @Rule('anyone')
  @Answers(200, ReceiptKeySet)
  @Problems()
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReceiptKeySet> {
    const keys = await this.keys.published()
    void reply.header('Cache-Control', `public, max-age=${KEPT_SECONDS}`)
    return keys
  }
}
