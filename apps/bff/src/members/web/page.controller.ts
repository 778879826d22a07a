import { Controller, Get, Param, Req, Res } from '@nestjs/common'
import { ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../../core/errors/api-error.js'
import { Rule } from '../../http/access/decorators.js'
import { Problems } from '../../http/openapi/api-docs.js'
import { PageFiles } from '../../http/pages/page-files.js'
import { pagePolicy } from '../../http/pages/page-policy.js'
import { FOR_EVER, HASHED, sendKept, sendPageFile } from '../../http/pages/send-page-file.js'
import { WebApps } from '../../platforms/registry/platforms.js'

const POLICY = pagePolicy()

const AN_HOUR = 'public, max-age=3600'

/** The page, and the files that it is made of. */
@ApiTags('Web pages')
@Controller()
@Rule('anyone')
export class PageController {
  constructor(
    private readonly apps: WebApps,
    private readonly files: PageFiles,
  ) {}

  /** The same bytes for every share, whether there is such a share or not. */
  @Get(['h5', 'h5/o'])
  @ApiResponse({ status: 200, description: 'The page, for whatever share' })
  @Problems('ERR_NOT_FOUND')
  document(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const found = this.apps.at(request.headers.host)
    const file = found && this.files.document(found.app.id)
    if (!file) throw new ApiError('ERR_NOT_FOUND')
    void reply
      .header('Content-Security-Policy', POLICY)
      .header('X-Robots-Tag', 'noindex')
      .header('Cache-Control', 'no-store')
    sendPageFile(request, reply, file)
  }

  @Get('h5/:name')
  @ApiResponse({ status: 200, description: 'A file of the page' })
  @Problems('ERR_NOT_FOUND')
  file(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.#send(name, AN_HOUR, request, reply)
  }

  @Get('h5/assets/:name')
  @ApiResponse({ status: 200, description: 'A file of the page with a hash in its name' })
  @Problems('ERR_NOT_FOUND')
  asset(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.#send(`${HASHED}${name}`, FOR_EVER, request, reply)
  }

  /** The platform asks for it at the root of the host: without a login, a redirect or a cookie. */
  @Get('WW_verify_:rest')
  @ApiResponse({ status: 200, description: 'The configured content, as text' })
  @Problems('ERR_NOT_FOUND')
  verifyFile(@Param('rest') rest: string, @Res() reply: FastifyReply): void {
    const name = `WW_verify_${rest}`
    const found = this.apps.all.find(({ settings }) => settings.verifyFile?.name === name)
    if (!found?.settings.verifyFile) throw new ApiError('ERR_NOT_FOUND')
    void reply.type('text/plain; charset=utf-8').send(found.settings.verifyFile.content)
  }

  #send(name: string, keep: string, request: FastifyRequest, reply: FastifyReply): void {
    const file = this.apps.all.length > 0 ? this.files.find(name) : undefined
    if (!file) throw new ApiError('ERR_NOT_FOUND')
    sendKept(request, reply, file, keep)
  }
}
