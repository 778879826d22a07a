import { Body, Controller, Inject, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { SignPage, PageSignatures } from '@sealcard/protocol'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { SECOND } from '../../core/time.js'
import { Rule } from '../../http/access/decorators.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { ASKS_PLATFORM } from '../../http/server/load-shedding.js'
import { WebApps } from '../../platforms/registry/platforms.js'
import { WebTickets } from '../../platforms/web-tickets/web-tickets.js'
import { isAddressOf } from './page-address.js'

const NONCE_BYTES = 16
/** An address of 4096 characters, each escaped in JSON. */
const BODY_BYTES = 16_384

/** Signs the app's own pages. No session is needed: a page signs before it knows who its person is. */
@ApiTags('Web pages')
@Controller('v1/h5/signatures')
@Rule('anyone')
export class SignatureController {
  constructor(
    private readonly apps: WebApps,
    private readonly tickets: WebTickets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  @Post()
  @Route({ ...ASKS_PLATFORM, bodyBytes: BODY_BYTES })
  @Answers(200, PageSignatures)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND', 'ERR_PLATFORM_UNAVAILABLE')
  async sign(@Body(valid(SignPage)) { app: id, url }: SignPage): Promise<PageSignatures> {
    const found = this.apps.find(id)
    if (!found) throw new ApiError('ERR_NOT_FOUND')
    const { app, rules, settings } = found
    // Otherwise strangers' pages would work in the name of the app.
    if (!isAddressOf(settings.origin, url))
      throw inputError('url', `must be an address of ${settings.origin}, without # and user`)
    const [agent, corp] = await Promise.all([
      this.tickets.toSign(app, 'agent'),
      this.tickets.toSign(app, 'corp'),
    ])
    const timestamp = Math.floor(this.clock.now() / SECOND)
    const nonceStr = this.random.bytes(NONCE_BYTES).toString('hex')
    const page = { nonceStr, timestamp, url }
    return {
      ...rules.identityOf(app),
      timestamp,
      nonceStr,
      signature: rules.sign({ ticket: agent, ...page }),
      configSignature: rules.sign({ ticket: corp, ...page }),
    }
  }
}
