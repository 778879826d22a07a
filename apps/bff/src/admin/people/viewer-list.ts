import { Get, Injectable, Query } from '@nestjs/common'
import { ListedViewer, ListedViewerPage, ListViewers } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { squeeze } from '../../core/text.js'
import { wireTime } from '../../core/time.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal, allows } from '../../http/access/principals.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { inListOrder } from '../../http/pagination/list-order.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { valid } from '../../http/parsing/validation.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { type Matches, SearchIndex } from '../../members/search/search-index.js'
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
    private readonly index: SearchIndex,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ApiError ERR_INPUT for an app that is not known */
  async page(by: AdminPrincipal, query: ListViewers): Promise<ListedViewerPage> {
    const { app, q, limit, cursor } = query
    await this.known.check({ app })
    const list = ['admin.viewers', filterName({ app, q })]
    const after = await this.cursors.decode(list, cursor)
    if (q !== undefined) {
      const { places, next } = await this.#found(by, q, app, after, limit)
      const nextCursor = next ? await this.cursors.encode(list, next) : null
      return { items: await this.#items(places), nextCursor }
    }
    const places = await this.#all(app, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, places, limit, (place) => place)
    return { items: await this.#items(page), nextCursor }
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

  /** Whom an id, a code or the platform's id names, among those whose name has the characters. */
  async #found(
    by: AdminPrincipal,
    q: string,
    app: string | undefined,
    after: Place | undefined,
    take: number,
  ): Promise<Matches> {
    const appIds = app === undefined ? await this.known.apps() : [app]
    const exact = [
      ...(await this.#byId(q, app)),
      ...(await this.#byCode(q, appIds)),
      ...(await this.#byPlatformId(by, q, appIds)),
    ]
    const named = await this.#byName(q, appIds, after, take)
    if (exact.length === 0) return named
    const found = [...named.places, ...exact.map(({ id, createdAt }) => ({ id, at: createdAt }))]
    const ids = new Set(found.map(({ id }) => id))
    const ends = [after, named.next].flatMap((place) => place ?? [])
    const ordered = await inListOrder(this.storage, [...found, ...ends])
    const behind = (place: Place | undefined) => ordered.findIndex(({ id }) => id === place?.id) + 1
    // Behind the place where the search stopped, people are found on a later page.
    const places = ordered
      .slice(behind(after), named.next ? behind(named.next) : undefined)
      .filter(({ id }) => ids.has(id))
    if (places.length <= take) return { places, next: named.next }
    return { places: places.slice(0, take), next: places[take - 1] }
  }

  async #byName(
    q: string,
    appIds: readonly string[],
    after: Place | undefined,
    take: number,
  ): Promise<Matches> {
    const text = squeeze(q)
    if (Array.from(text).length < 2) return { places: [], next: undefined }
    const wanted = async (places: readonly Place[]) => {
      const shown = await Promise.all(places.map(({ id }) => this.views.of(id)))
      const named = shown.filter(({ name }) => name !== undefined && squeeze(name).includes(text))
      return new Set(named.map(({ id }) => id))
    }
    return this.index.find('name', { q, appIds }, wanted, after, take)
  }

  async #items(places: readonly Place[]): Promise<ListedViewer[]> {
    const rows = await rowsAt(this.storage, ViewerEntity, places)
    return Promise.all(rows.map((row) => this.#view(row)))
  }

  /** Our id of a person: other lists lead here with it. */
  #byId(q: string, appId: string | undefined): Promise<ViewerEntity[]> {
    const app = appId === undefined ? {} : { appId }
    return this.storage.manager.findBy(ViewerEntity, { id: asId(q), ...app })
  }

  async #byCode(q: string, appIds: readonly string[]): Promise<ViewerEntity[]> {
    const code = readCode(q)
    if (code === null) return []
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
    appIds: readonly string[],
  ): Promise<ViewerEntity[]> {
    if (!allows(by.role, 'manage')) return []
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
