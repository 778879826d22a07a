import { Inject, Injectable } from '@nestjs/common'
import type {
  ListMemberSessions,
  MemberSession,
  MemberSessionPage,
  Viewer,
} from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { wireTime, wireTimeOrNull } from '../../core/time.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { SessionEntity } from '../../members/sessions/session.entity.js'
import { isLive } from '../../members/sessions/session.repository.js'
import { filterName, placesAfter, rowsAt } from './keyset.js'
import { KnownFilters } from './known-filters.js'

/** Members' sessions, newest first. Ended sessions are in it until retention deletes them. */
@Injectable()
export class SessionList {
  constructor(
    private readonly storage: DataSource,
    private readonly cursors: PageCursor,
    private readonly known: KnownFilters,
    private readonly views: ViewerViews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page({ viewer, limit, cursor }: ListMemberSessions): Promise<MemberSessionPage> {
    await this.known.check({ viewer })
    const list = ['admin.sessions', filterName({ viewer })]
    const places = await placesAfter(
      this.storage,
      { table: 'sessions', time: 'created_at' },
      [
        viewer === undefined
          ? { index: 'ix_sessions_created', where: [] }
          : { index: 'ix_sessions_of_viewer', where: ['viewer_id = :viewer'] },
      ],
      viewer === undefined ? {} : { viewer },
      await this.cursors.decode(list, cursor),
      limit + 1,
    )
    const { page, nextCursor } = await this.cursors.cut(list, places, limit, (place) => place)
    const rows = await rowsAt(this.storage, SessionEntity, page)
    const now = this.clock.now()
    const items = rows.map(async (row) => sessionView(row, await this.views.of(row.viewerId), now))
    return { items: await Promise.all(items), nextCursor }
  }
}

const sessionView = (row: SessionEntity, viewer: Viewer, now: number): MemberSession => ({
  id: row.id,
  viewer,
  app: row.appId,
  live: isLive(row, now),
  createdAt: wireTime(row.createdAt),
  expiresAt: wireTime(row.expiresAt),
  endedAt: wireTimeOrNull(row.endedAt),
})
