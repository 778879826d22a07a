import { Inject, Injectable } from '@nestjs/common'
import type { DayStats, Overview, ReadOverview } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY, wireTime } from '../../core/time.js'
import { CardContent } from '../../members/cards/card-content.js'
import { CardEntity } from '../../members/cards/card.entity.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { AppHealthService } from '../apps/app-health.service.js'
import { cardSummary } from '../lists/card-detail.js'
import { withoutIndex } from '../lists/keyset.js'
import { KnownFilters } from '../lists/known-filters.js'
import { StatsService } from '../stats/stats.service.js'

const EXPIRING_MS = 7 * DAY
/** Counting ends here: most cards of a large company may live a week. */
const COUNTED = 10_000
const SHOWN = 10

/** The figures of the console's first page. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly storage: DataSource,
    private readonly statistics: StatsService,
    private readonly appHealth: AppHealthService,
    private readonly content: CardContent,
    private readonly views: ViewerViews,
    private readonly known: KnownFilters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read({ app }: ReadOverview): Promise<Overview> {
    await this.known.check({ app })
    const now = this.clock.now()
    const range = { from: wireTime(now - DAY), to: wireTime(now) }
    const { days } = await this.statistics.read({ app, ...range })
    const both = (figure: (day: DayStats) => number) => {
      const [yesterday, today] = days.map(figure)
      return { today: today ?? 0, yesterday: yesterday ?? 0 }
    }
    const { apps } = await this.appHealth.health()
    const shown = apps.filter((one) => app === undefined || one.app === app)
    return {
      at: wireTime(now),
      opened: both(({ openings }) => openings.granted),
      refused: both(({ openings }) => openings.refused + openings.rejected),
      cards: both(({ cards }) => cards.made),
      expiring: await this.#expiring(app, now),
      platforms: {
        apps: shown.length,
        well: shown.filter(({ breaker }) => breaker === 'closed').length,
      },
    }
  }

  async #expiring(app: string | undefined, now: number): Promise<Overview['expiring']> {
    const cards = () => {
      const query = this.storage.manager
        .createQueryBuilder(CardEntity, 'c')
        .where('c.expires_at > :now AND c.expires_at <= :until')
        // Not as `IS NULL`: SQLite would take the index of that column, which finds nearly all cards.
        .andWhere('COALESCE(c.revoked_at, 0) = 0')
        .setParameters({ now, until: now + EXPIRING_MS })
      return app === undefined ? query : query.andWhere(withoutIndex('c.app_id', 'app'), { app })
    }
    const found = await cards()
      .select('c.id', 'id')
      .limit(COUNTED + 1)
      .getRawMany()
    const rows = await cards().orderBy('c.expires_at', 'ASC').limit(SHOWN).getMany()
    const next = rows.map(async (card) => {
      const owner = await this.views.of(card.ownerId)
      return cardSummary(card, owner, this.content.listedTitle(card), now)
    })
    return {
      count: Math.min(found.length, COUNTED),
      more: found.length > COUNTED,
      next: await Promise.all(next),
    }
  }
}
