import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common'
import { ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../../core/errors/api-error.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { Rule } from '../../http/access/decorators.js'
import { Problems } from '../../http/openapi/api-docs.js'
import { PageFiles } from '../../http/pages/page-files.js'
import { pagePolicy } from '../../http/pages/page-policy.js'
import { FOR_EVER, HASHED, sendKept } from '../../http/pages/send-page-file.js'

/** The built console: its files, and its document. */
export class ConsoleFiles extends PageFiles {}

/** Where the build leaves room for the nonce: `html.cspNonce` of apps/console/vite.config.ts. */
const NONCE_MARK = 'SEALCARD_NONCE'

/**
 * antd makes its styles in the browser. A style element counts only with the nonce of this very answer; scripts never count
 * by a nonce.
 */
const policy = (nonce: string): string => pagePolicy(`'nonce-${nonce}'`)

/** The administrators' console. Each address of a screen answers with the document; its script finds the screen. */
@ApiTags('Administrators')
@Controller()
@Rule('anyone')
export class ConsoleController {
  constructor(
    private readonly files: ConsoleFiles,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  @Get('console')
  @ApiResponse({ status: 200, description: 'The console' })
  @Problems('ERR_NOT_FOUND')
  document(@Res() reply: FastifyReply): void {
    this.#send(reply)
  }

  @Get('console/:screen')
  @ApiParam({ name: 'screen' })
  @ApiResponse({ status: 200, description: 'The console' })
  @Problems('ERR_NOT_FOUND')
  screen(@Res() reply: FastifyReply): void {
    this.#send(reply)
  }

  @Get('console/:screen/:id')
  @ApiParam({ name: 'screen' })
  @ApiParam({ name: 'id' })
  @ApiResponse({ status: 200, description: 'The console' })
  @Problems('ERR_NOT_FOUND')
  detail(@Res() reply: FastifyReply): void {
    this.#send(reply)
  }

  #send(reply: FastifyReply): void {
    const { html } = this.files
    if (html === undefined) throw new ApiError('ERR_NOT_FOUND')
    const nonce = Buffer.from(this.random.bytes(16)).toString('base64')
    void reply
      .header('Content-Security-Policy', policy(nonce))
      .header('X-Robots-Tag', 'noindex')
      .header('Cache-Control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll(NONCE_MARK, nonce))
  }

  @Get('console/assets/:name')
  @ApiResponse({ status: 200, description: 'A file of the console with a hash in its name' })
  @Problems('ERR_NOT_FOUND')
  asset(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const file = this.files.find(`${HASHED}${name}`)
    if (!file) throw new ApiError('ERR_NOT_FOUND')
    sendKept(request, reply, file, FOR_EVER)
  }
}
