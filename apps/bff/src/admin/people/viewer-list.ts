import { Get, Injectable, Query } from '@nestjs/common'
import { ListedViewer, ListedViewerPage, ListViewers } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { wireTime } from '../../core/time.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal, allows } from '../../http/access/principals.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { valid } from '../../http/parsing/validation.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { readCode } from '../../members/sessions/viewer-code.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import { filterName, placesAfter, rowsAt } from '../lists/keyset.js'
import { KnownFilters } from '../lists/known-filters.js'

/** People, newest first. */
@Injectable()
export class ViewerList {
  constructor(
    private readonly storage: DataSource,
    private readonly cursors: PageCursor,
    private readonly known: KnownFilters,
    private readonly viewers: ViewerRepository,
    private readonly views: ViewerViews,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ApiError ERR_INPUT for an app that is not known */
  async page(by: AdminPrincipal, query: ListViewers): Promise<ListedViewerPage> {
    const { app, q, limit, cursor } = query
    await this.known.check({ app })
    const list = ['admin.viewers', filterName({ app, q })]
    const after = await this.cursors.decode(list, cursor)
    const places =
      q === undefined
        ? await this.#all(app, after, limit + 1)
        : await this.#found(by, q, app, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, places, limit, (place) => place)
    const rows = await rowsAt(this.storage, ViewerEntity, page)
    return { items: await Promise.all(rows.map((row) => this.#view(row))), nextCursor }
  }

  /** @throws ApiError ERR_NOT_FOUND */
  async one(viewer: string): Promise<ListedViewer> {
    const row = await this.storage.manager.findOneBy(ViewerEntity, { id: asId(viewer) })
    if (!row) throw new ApiError('ERR_NOT_FOUND')
    return this.#view(row)
  }

  #all(app: string | undefined, after: Place | undefined, take: number): Promise<Place[]> {
    const order = { table: 'viewers', time: 'created_at' }
    const branch =
      app === undefined
        ? { index: 'ix_viewers_created', where: [] }
        : { index: 'ix_viewers_app', where: ['app_id = :app'] }
    const parameters = app === undefined ? {} : { app }
    return placesAfter(this.storage, order, [branch], parameters, after, take)
  }

  async #found(
    by: AdminPrincipal,
    q: string,
    app: string | undefined,
    after: Place | undefined,
    take: number,
  ): Promise<Place[]> {
    const exact = [...(await this.#byCode(q, app)), ...(await this.#byPlatformId(by, q, app))]
    const places = new Map(exact.map(({ id, createdAt }) => [id, { id, at: createdAt }]))
    return [...places.values()]
      .filter((place) => !after || isAfter(place, after))
      .sort((a, b) => (isAfter(a, b) ? 1 : -1))
      .slice(0, take)
  }

  async #byCode(q: string, app: string | undefined): Promise<ViewerEntity[]> {
    const code = readCode(q)
    if (code === null) return []
    const appIds = app === undefined ? await this.known.apps() : [app]
    return this.storage.manager.findBy(
      ViewerEntity,
      appIds.map((appId) => ({ appId, code })),
    )
  }

  /**
   * Only for those who may read openids and userids: everybody else could guess them here. A hit says who a person is, so
   * the audit records it.
   */
  async #byPlatformId(
    by: AdminPrincipal,
    q: string,
    app: string | undefined,
  ): Promise<ViewerEntity[]> {
    if (!allows(by.role, 'manage')) return []
    const appIds = app === undefined ? await this.known.apps() : [app]
    const rows = await Promise.all(appIds.map((appId) => this.viewers.find(appId, q)))
    const found = rows.filter((row) => row !== null)
    for (const { id } of found)
      await this.audit.append(adminAuditEntry(by, { kind: 'person.find', subject: id }))
    return found
  }

  async #view(row: ViewerEntity): Promise<ListedViewer> {
    return {
      ...(await this.views.of(row.id)),
      app: row.appId,
      createdAt: wireTime(row.createdAt),
      seenAt: wireTime(row.seenAt),
      ...(row.blockedAt !== null && { blockedAt: wireTime(row.blockedAt) }),
    }
  }
}

/** Whether a place comes after another in a list: it is older. */
const isAfter = (place: Place, other: Place): boolean =>
  place.at < other.at || (place.at === other.at && place.id < other.id)

@Administrators()
export class ViewerListController {
  constructor(private readonly list: ViewerList) {}

  @Get('viewers')
  @Rule('read')
  @Answers(200, ListedViewerPage)
  @Problems('ERR_INPUT')
  page(
    @Admin() by: AdminPrincipal,
    @Query(valid(ListViewers, 'query')) query: ListViewers,
  ): Promise<ListedViewerPage> {
    return this.list.page(by, query)
  }
}
