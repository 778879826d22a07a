import { Body, Inject, Injectable, Post, Req, Res } from '@nestjs/common'
import { ApiProduces } from '@nestjs/swagger'
import { AskDoctor, type DoctorFinding, DoctorReport } from '@sealcard/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { MaintenanceLease } from '../../../admin/maintenance/maintenance-lease.js'
import { streamProgress, type Tell } from '../../../admin/maintenance/ndjson-progress.js'
import { CONFIG, type Config } from '../../../core/config/config.js'
import { CLOCK, type Clock } from '../../../core/ports/clock.js'
import { wireTime } from '../../../core/time.js'
import { Administrators, Rule } from '../../../http/access/decorators.js'
import { Answers, BODY_ERRORS, Problems } from '../../../http/openapi/api-docs.js'
import { valid } from '../../../http/parsing/validation.js'
import { examine } from '../examine.js'
import type { Finding, Outside } from '../support/check.js'
import { inChinese } from '../support/words-zh.js'

/** Injection token of what the doctor looks at. */
export const DOCTOR_OUTSIDE = Symbol('DoctorOutside')

/** The doctor, asked by a running service. Over all processes, one run at a time: it asks the platforms. */
@Injectable()
export class DoctorService {
  constructor(
    private readonly lease: MaintenanceLease,
    @Inject(DOCTOR_OUTSIDE) private readonly outside: Outside,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_CONFLICT while another run lasts */
  ask({ thorough = false }: AskDoctor, tell: Tell): Promise<DoctorReport> {
    return this.lease.hold('doctor', async (renew) => {
      const findings = await examine({
        outside: this.outside,
        config: () => this.config,
        thorough,
        progress: (check) => {
          renew()
          tell({ check })
        },
      })
      const well = findings.every(({ status }) => status !== 'wrong')
      return { at: wireTime(this.clock.now()), well, findings: findings.map(inBothLanguages) }
    })
  }
}

/** A platform's finding brings its own Chinese words. */
const inBothLanguages = (finding: Finding): DoctorFinding => {
  const { zh = inChinese(finding.code), ...english } = finding
  return { ...english, ...(zh && { zh }) }
}

/** `Accept: application/x-ndjson` for progress. */
@Administrators()
export class DoctorController {
  constructor(private readonly doctor: DoctorService) {}

  /** Needs `manage`: the findings name files and addresses of the machine. */
  @Post('doctor')
  @Rule('manage')
  @Answers(200, DoctorReport)
  @ApiProduces('application/json', 'application/x-ndjson')
  @Problems(...BODY_ERRORS, 'ERR_CONFLICT')
  async ask(
    @Body(valid(AskDoctor)) body: AskDoctor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await streamProgress(request, reply, (tell) => this.doctor.ask(body, tell))
  }
}
