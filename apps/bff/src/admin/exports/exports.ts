import { Get, Inject, Injectable, Query, Res } from '@nestjs/common'
import { ApiProduces } from '@nestjs/swagger'
import { ExportAdminCards, ExportAdminOpenings, ExportAudit } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { DataSource } from 'typeorm'
import { adminAuditEntry } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { exportAudit, isExportPlace } from '../../audit/export-audit.js'
import { inputError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import type { Place } from '../../http/pagination/page-cursor.js'
import { valid } from '../../http/parsing/validation.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { CardList, ReportedCard } from '../lists/card-list.js'
import { filterName, timeRange } from '../lists/keyset.js'
import { KnownFilters } from '../lists/known-filters.js'
import { OpeningList } from '../lists/opening-list.js'
import { cardsExport, exportRows, openingsExport, sendLines } from './exported-lists.js'

/**
 * Lists as files of any length. The audit records the administrator before the first line. Wrong input is refused before
 * that, and no file begins.
 */
@Injectable()
export class ExportService {
  constructor(
    private readonly storage: DataSource,
    private readonly cardList: CardList,
    private readonly reported: ReportedCard,
    private readonly openingList: OpeningList,
    private readonly known: KnownFilters,
    private readonly views: ViewerViews,
    private readonly log: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_INPUT for a place that is not in the audit */
  async audit(by: AdminPrincipal, { format, after }: ExportAudit) {
    const [chainId = '', seq = ''] = after?.split(':') ?? []
    const place = after === undefined ? undefined : { chainId, seq: Number(seq) }
    if (place && !(await isExportPlace(this.storage, place)))
      throw inputError('after', 'is no entry of the audit')
    const why = after === undefined ? undefined : `after=${after}`
    await this.log.append(adminAuditEntry(by, { kind: 'audit.export', subject: format, why }))
    return exportAudit(this.storage, format, place)
  }

  /** @throws ApiError ERR_INPUT for an `after` that is no place */
  async cards(by: AdminPrincipal, { format, after, ...filters }: ExportAdminCards) {
    const place = placeOf(after)
    await this.known.check({ app: filters.app, owner: filters.owner })
    // What was searched may be words of a title: the audit holds none.
    const q =
      filters.q !== undefined && !(await this.reported.find(filters.q)) ? '(words)' : filters.q
    await this.#record(by, 'cards.export', format, { ...filters, q, after })
    const list = cardsExport(
      async (from, take) =>
        this.#named(await this.cardList.part(filters, from, take), (card) => card.ownerId),
      this.clock.now(),
    )
    return exportRows(list, format, place)
  }

  /** @throws ApiError ERR_INPUT for an `after` that is no place, and a range that ends before it begins */
  async openings(by: AdminPrincipal, { format, after, ...filters }: ExportAdminOpenings) {
    const place = placeOf(after)
    timeRange(filters)
    await this.known.check({ card: filters.card, viewer: filters.viewer })
    await this.#record(by, 'openings.export', format, { ...filters, after })
    const list = openingsExport(async (from, take) =>
      this.#named(await this.openingList.part(filters, from, take), (row) => row.viewerId),
    )
    return exportRows(list, format, place)
  }

  async #named<T extends object>(
    { rows, next }: { readonly rows: readonly T[]; readonly next: Place | undefined },
    whose: (row: T) => string,
  ) {
    const named = rows.map(async (row) => ({ ...row, person: await this.views.of(whose(row)) }))
    return { rows: await Promise.all(named), next }
  }

  #record(by: AdminPrincipal, kind: string, subject: string, asked: object): Promise<void> {
    return this.log.append(adminAuditEntry(by, { kind, subject, why: filterName(asked) }))
  }
}

/** @throws ApiError ERR_INPUT */
const placeOf = (after: string | undefined): Place | undefined => {
  if (after === undefined) return undefined
  const [time = '', id = ''] = after.split(',')
  const at = Date.parse(time)
  if (Number.isNaN(at)) throw inputError('after', 'must be <time>,<id> of the last whole line')
  return { at, id }
}

/** Lists as files. After a broken download the client repeats the call, with `after` of the last whole line. */
@Administrators()
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Get('audit/export')
  @Rule('audit')
  @Answers(200)
  @ApiProduces('application/x-ndjson', 'text/csv')
  @Problems('ERR_INPUT')
  async audit(
    @Admin() by: AdminPrincipal,
    @Query(valid(ExportAudit, 'query')) query: ExportAudit,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendLines(reply, query.format, 'audit', await this.exports.audit(by, query))
  }

  @Get('cards/export')
  @Rule('audit')
  @Answers(200)
  @ApiProduces('application/x-ndjson', 'text/csv')
  @Problems('ERR_INPUT')
  async cards(
    @Admin() by: AdminPrincipal,
    @Query(valid(ExportAdminCards, 'query')) query: ExportAdminCards,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendLines(reply, query.format, 'cards', await this.exports.cards(by, query))
  }

  @Get('openings/export')
  @Rule('audit')
  @Answers(200)
  @ApiProduces('application/x-ndjson', 'text/csv')
  @Problems('ERR_INPUT')
  async openings(
    @Admin() by: AdminPrincipal,
    @Query(valid(ExportAdminOpenings, 'query')) query: ExportAdminOpenings,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendLines(reply, query.format, 'openings', await this.exports.openings(by, query))
  }
}
