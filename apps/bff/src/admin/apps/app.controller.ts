import { Get, Param, Query } from '@nestjs/common'
import { AdminApps, AdminCard, AdminHealth, ReadStats, Stats } from '@sealcard/protocol'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { CardDetail } from '../lists/card-detail.js'
import { StatsService } from '../stats/stats.service.js'
import { AppHealthService } from './app-health.service.js'

/** Apps and their health. Reads only. */
@Administrators()
export class AppController {
  constructor(
    private readonly appHealth: AppHealthService,
    private readonly statistics: StatsService,
    private readonly detail: CardDetail,
  ) {}

  @Get('apps')
  @Rule('read')
  @Answers(200, AdminApps)
  @Problems()
  apps(): AdminApps {
    return this.appHealth.apps()
  }

  @Get('health')
  @Rule('read')
  @Answers(200, AdminHealth)
  @Problems()
  health(): Promise<AdminHealth> {
    return this.appHealth.health()
  }

  @Get('stats')
  @Rule('read')
  @Answers(200, Stats)
  @Problems('ERR_INPUT')
  stats(@Query(valid(ReadStats, 'query')) query: ReadStats): Promise<Stats> {
    return this.statistics.read(query)
  }

  @Get('cards/:cardId')
  @Rule('read')
  @Answers(200, AdminCard)
  @Problems('ERR_NOT_FOUND')
  card(@Param('cardId') cardId: string): Promise<AdminCard> {
    return this.detail.read(cardId)
  }
}
