import { Controller, Get, Req, Res } from '@nestjs/common'
import { ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../../core/errors/api-error.js'
import { Rule } from '../access/decorators.js'
import { Problems } from '../openapi/api-docs.js'
import { PageFiles } from '../pages/page-files.js'
import { pagePolicy } from '../pages/page-policy.js'
import { FOR_EVER, HASHED, sendKept } from '../pages/send-page-file.js'

/** The built documentation: its pages and their files. */
export class HelpFiles extends PageFiles {}

/** A browser asks each time, and gets 304 while the page is the same. */
const ASK_AGAIN = 'no-cache'
/** The indexes of the search keep their names. Everything else below `assets/` has a hash in its name. */
const INDEX_OF_SEARCH = /\/search-\w+\.json$/

const POLICY = pagePolicy()

/** The documentation, which apps/docs builds. Whoever reaches the service may read it: it holds nothing of the company. */
@ApiTags('Operations')
@Controller()
@Rule('anyone')
export class HelpController {
  constructor(private readonly files: HelpFiles) {}

  @Get('help')
  @ApiResponse({ status: 308, description: 'Its first page' })
  @Problems('ERR_NOT_FOUND')
  begin(@Res() reply: FastifyReply): void {
    if (!this.files.index) throw new ApiError('ERR_NOT_FOUND')
    // The links of the site count from `/help/`.
    void reply.code(308).header('Location', '/help/').send()
  }

  @Get('help/*')
  @ApiParam({ name: 'path' })
  @ApiResponse({ status: 200, description: 'A page or file of the documentation' })
  @Problems('ERR_NOT_FOUND')
  file(
    @Req() request: FastifyRequest<{ Params: { '*': string } }>,
    @Res() reply: FastifyReply,
  ): void {
    const name = request.params['*']
    const file =
      name === '' ? this.files.index : this.files.find(name.replace(/\/$/, '/index.html'))
    if (!file) throw new ApiError('ERR_NOT_FOUND')
    void reply.header('Content-Security-Policy', POLICY).header('X-Robots-Tag', 'noindex')
    const hashed = name.startsWith(HASHED) && !INDEX_OF_SEARCH.test(name)
    sendKept(request, reply, file, hashed ? FOR_EVER : ASK_AGAIN)
  }
}
