import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common'
import { ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Rule } from '../../http/access/decorators.js'
import { Route } from '../../http/access/route-options.js'
import { UnthrottledProblems } from '../../http/openapi/api-docs.js'
import { markVerified, RAW_BODY } from '../../http/parsing/raw-body.js'
import { BotMetrics } from '../registry/bot-metrics.js'
import { CallbackRefusals } from './callback-refusals.js'
import { CallbackVerifier } from './callback-verifier.js'
import { CallbackService } from './callback.service.js'

const QUERY = ['msg_signature', 'timestamp', 'nonce']
const Signed = (): MethodDecorator => (target, key, descriptor) => {
  for (const name of QUERY)
    ApiQuery({ name, required: true, type: String })(target, key, descriptor)
  ApiResponse({ status: 403, description: 'Not authentic; empty' })(target, key, descriptor)
}

/** The URL that the platform calls for a smart bot (WeCom 101033). A callback that is not authentic gets 403, empty. */
@ApiTags('Bots')
@Controller('v1/bots/:botId/callback')
@Rule('bot')
export class CallbackController {
  constructor(
    private readonly verifier: CallbackVerifier,
    private readonly callbacks: CallbackService,
    private readonly refusals: CallbackRefusals,
    private readonly metrics: BotMetrics,
  ) {}

  /** Answers the plaintext as bytes, so that no serializer quotes or extends it. */
  @Get()
  @Route(RAW_BODY)
  @Signed()
  @ApiQuery({ name: 'echostr', required: true, type: String })
  @ApiResponse({ status: 200, description: 'The plaintext', content: { 'text/plain': {} } })
  verify(
    @Param('botId') botId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const verified = this.verifier.verify(botId, request.raw.url ?? '')
    if ('refused' in verified) {
      this.refusals.refuse(request, reply, verified)
      return
    }
    this.metrics.callback(botId, 'verified')
    void reply.code(200).header('Content-Type', 'text/plain').send(Buffer.from(verified.plaintext))
  }

  @Post()
  @Route(RAW_BODY)
  @Signed()
  @ApiResponse({ status: 200, description: 'The sealed reply, or empty' })
  @UnthrottledProblems()
  async receive(
    @Param('botId') botId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const verified = this.verifier.admit(botId, request.raw.url ?? '', request.body)
    if ('refused' in verified) {
      this.refusals.refuse(request, reply, verified)
      return
    }
    markVerified(request)
    const handled = await this.callbacks.handle(verified)
    if ('refused' in handled) {
      this.refusals.refuse(request, reply, handled)
      return
    }
    this.metrics.callback(botId, handled.outcome)
    if (handled.body === null) void reply.code(200).send()
    else {
      const type = 'application/json; charset=utf-8'
      void reply.code(200).header('Content-Type', type).send(Buffer.from(handled.body))
    }
  }
}
