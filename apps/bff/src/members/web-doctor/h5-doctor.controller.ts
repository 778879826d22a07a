import { Body, Controller, Get, Headers, Param, Post } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { DoctorRun, GiveSample } from '@sealcard/protocol'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { Authenticated } from '../../http/access/decorators.js'
import { Me, type Principal } from '../../http/access/principals.js'
import { Route } from '../../http/access/route-options.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { DoctorRuns } from './doctor-runs.js'

/** The doctor looks once a second. */
const RETRY_AFTER_S = 2
/** Characters of a user agent that are kept. */
const CLIENT_LENGTH = 512

/** Open while `sealcard doctor h5` waits; otherwise there is nothing here. */
@ApiTags('Members')
@Controller('v1/h5/doctor')
@Authenticated()
export class H5DoctorController {
  constructor(private readonly runs: DoctorRuns) {}

  @Get(':runId')
  @Answers(200, DoctorRun)
  @Problems('ERR_NOT_FOUND')
  async run(@Me() me: Principal, @Param('runId') runId: string): Promise<DoctorRun> {
    const state = await this.#state(me, runId)
    return { state }
  }

  @Post(':runId/samples')
  @Route({ bodyBytes: 8192 })
  @Answers(204)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND', 'ERR_RATE_LIMITED')
  async give(
    @Me() me: Principal,
    @Param('runId') runId: string,
    @Body(valid(GiveSample)) given: GiveSample,
    @Headers('user-agent') agent = '',
  ): Promise<void> {
    await this.#state(me, runId)
    const client = agent.slice(0, CLIENT_LENGTH)
    const sample = { ...given, client, viewerId: me.viewerId }
    if (await this.runs.give(asId(runId), me.app.id, sample)) return
    throw new ApiError('ERR_RATE_LIMITED', { retryAfter: RETRY_AFTER_S })
  }

  /** @throws ApiError ERR_NOT_FOUND unless the doctor waits for the caller's app, and the session is a page's */
  async #state({ app, kind }: Principal, runId: string): Promise<string> {
    const state = kind === 'web' ? await this.runs.state(asId(runId), app.id) : null
    if (state === null) throw new ApiError('ERR_NOT_FOUND')
    return state
  }
}
