import { Get, Injectable, Query } from '@nestjs/common'
import { ReadWatermark, Watermark } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { inputError } from '../../core/errors/api-error.js'
import { MINUTE } from '../../core/time.js'
import { momentOf } from '../../core/time-zone.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { readCode } from '../../members/sessions/viewer-code.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { Apps } from '../../platforms/registry/platforms.js'
import { KnownFilters } from '../lists/known-filters.js'
import { OpeningList } from '../lists/opening-list.js'
import { ViewerList } from './viewer-list.js'

/** Openings of the answer: without a time, and with one. */
const LATEST = 20
const AROUND = 200

/** Finds the reader whose screen was photographed. */
@Injectable()
export class Watermarks {
  constructor(
    private readonly storage: DataSource,
    private readonly apps: Apps,
    private readonly known: KnownFilters,
    private readonly people: ViewerList,
    private readonly openings: OpeningList,
  ) {}

  /** @throws ApiError ERR_INPUT for an app or a code that is not known, and a time that no clock shows */
  async read({ app, code: written, at }: ReadWatermark): Promise<Watermark> {
    await this.known.check({ app })
    const code = readCode(written)
    const row =
      code === null
        ? null
        : await this.storage.manager.findOneBy(ViewerEntity, { appId: app, code })
    if (!row) throw inputError('code', 'is the code of nobody in this app')
    const viewer = row.id
    const { items } = await this.openings.page({
      viewer,
      decision: 'granted',
      ...(at === undefined ? { limit: LATEST } : { limit: AROUND, ...this.#around(app, at) }),
    })
    return { viewer: await this.people.one(viewer), openings: items }
  }

  /** From the minute before to the minute after. */
  #around(app: string, at: string): { from: string; to: string } {
    const moment = at.endsWith('Z') ? Date.parse(at) : momentOf(at, this.apps.find(app)?.timeZone)
    if (moment === null) throw inputError('at', 'is no time that a clock in the app’s zone shows')
    const minute = Math.floor(moment / MINUTE) * MINUTE
    return {
      from: new Date(minute - MINUTE).toISOString(),
      to: new Date(minute + 2 * MINUTE).toISOString(),
    }
  }
}

@Administrators()
export class WatermarkController {
  constructor(private readonly watermarks: Watermarks) {}

  @Get('watermarks')
  @Rule('read')
  @Answers(200, Watermark)
  @Problems('ERR_INPUT')
  read(@Query(valid(ReadWatermark, 'query')) query: ReadWatermark): Promise<Watermark> {
    return this.watermarks.read(query)
  }
}
