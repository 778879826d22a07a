import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common'
import { ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Rule } from '../../http/access/decorators.js'
import { Route } from '../../http/access/route-options.js'
import { UnthrottledProblems } from '../../http/openapi/api-docs.js'
import { markGenuine, RAW_BODY } from '../../http/parsing/raw-body.js'
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

/** Where the platform calls a smart bot (WeCom 101033). Whatever is not authentic gets one answer: 403, empty. */
@ApiTags('Bots')
@Controller('v1/bots/:botId/callback')
@Rule('bot')
export class CallbackController {
  constructor(
    private readonly gate: CallbackVerifier,
    private readonly callbacks: CallbackService,
    private readonly refusals: CallbackRefusals,
    private readonly metrics: BotMetrics,
  ) {}

  /** The plaintext and nothing else: bytes, so that nothing on the way can quote or extend it. */
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
    const judged = this.gate.verify(botId, request.raw.url ?? '')
    if ('refused' in judged) return this.refusals.refuse(request, reply, judged)
    this.metrics.callback(botId, 'verified')
    void reply.code(200).header('Content-Type', 'text/plain').send(Buffer.from(judged.plaintext))
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
    const judged = this.gate.admit(botId, request.raw.url ?? '', request.body)
    if ('refused' in judged) return this.refusals.refuse(request, reply, judged)
    markGenuine(request)
    const handled = await this.callbacks.handle(judged)
    if ('refused' in handled) return this.refusals.refuse(request, reply, handled)
    this.metrics.callback(botId, handled.outcome)
    if (handled.body === null) void reply.code(200).send()
    else {
      const type = 'application/json; charset=utf-8'
      void reply.code(200).header('Content-Type', type).send(Buffer.from(handled.body))
    }
  }
}
