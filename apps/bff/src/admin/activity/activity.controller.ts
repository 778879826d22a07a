import { Get, Param, Query } from '@nestjs/common'
import {
  ActivityPage,
  CardTimeline as Timeline,
  ListActivity,
  Overview,
  ReadOverview,
} from '@sealcard/protocol'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { ActivityFeed } from './activity-feed.js'
import { CardTimeline } from './card-timeline.js'
import { OverviewService } from './overview.js'

/** What happened lately. Reads only. */
@Administrators()
export class ActivityController {
  constructor(
    private readonly figures: OverviewService,
    private readonly feed: ActivityFeed,
    private readonly timelines: CardTimeline,
  ) {}

  @Get('overview')
  @Rule('read')
  @Answers(200, Overview)
  @Problems('ERR_INPUT')
  overview(@Query(valid(ReadOverview, 'query')) query: ReadOverview): Promise<Overview> {
    return this.figures.read(query)
  }

  @Get('activity')
  @Rule('read')
  @Answers(200, ActivityPage)
  @Problems('ERR_INPUT')
  activity(@Query(valid(ListActivity, 'query')) query: ListActivity): Promise<ActivityPage> {
    return this.feed.page(query)
  }

  @Get('cards/:cardId/timeline')
  @Rule('read')
  @Answers(200, Timeline)
  @Problems('ERR_NOT_FOUND')
  timeline(@Param('cardId') cardId: string): Promise<Timeline> {
    return this.timelines.read(cardId)
  }
}
