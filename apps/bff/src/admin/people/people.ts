import { Body, Get, Injectable, Param, Post, Query, Res } from '@nestjs/common'
import { AdminViewer, Because, PersonErased, PersonExport, WithReason } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { DataSource } from 'typeorm'
import { adminAuditEntry, reasonFrom } from '../../accounts/admin-audit-entry.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { wireTime } from '../../core/time.js'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Admin, type AdminPrincipal } from '../../http/access/principals.js'
import { Answers, BODY_ERRORS, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { sendDocument } from '../../http/server/send-document.js'
import { PersonService } from '../../lifecycle/person.service.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { Apps } from '../../platforms/registry/platforms.js'
import { ViewerLookup } from '../revocations/viewer-lookup.js'

/** Reads, copies and erases a person. The audit records each before it happens. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly storage: DataSource,
    private readonly known: ViewerLookup,
    private readonly people: PersonService,
    private readonly apps: Apps,
    private readonly views: ViewerViews,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND */
  async read(by: AdminPrincipal, viewer: string, reason?: string): Promise<AdminViewer> {
    const { id, platformId, why } = await this.known.find(viewer, reason)
    const row = await this.storage.manager.findOneBy(ViewerEntity, { id })
    if (!row) throw new ApiError('ERR_NOT_FOUND')
    await this.audit.append(adminAuditEntry(by, { kind: 'person.read', subject: id, why }))
    const shown = await this.views.of(id)
    return {
      app: row.appId,
      platform: this.apps.find(row.appId)?.platform ?? null,
      platformId,
      ...shown,
      personal: ['platformId', ...(shown.name === undefined ? [] : (['name'] as const))],
      createdAt: wireTime(row.createdAt),
      seenAt: wireTime(row.seenAt),
      ...(row.blockedAt !== null && { blockedAt: wireTime(row.blockedAt) }),
    }
  }

  /** @throws ApiError ERR_NOT_FOUND */
  async export(
    by: AdminPrincipal,
    viewer: string,
    reason?: string,
  ): Promise<AsyncGenerator<string>> {
    const { id, why } = await this.known.find(viewer, reason)
    const told = await this.people.export({ id }, 'administrator', {
      actor: by.actor,
      reason: from(by, why),
    })
    if (!told) throw new ApiError('ERR_NOT_FOUND')
    return told
  }

  /** @throws ApiError ERR_NOT_FOUND; also for an erased person */
  async erase(by: AdminPrincipal, viewer: string, reason: string): Promise<PersonErased> {
    const { id, why } = await this.known.find(viewer, reason)
    const erased = await this.people.erase({ id }, { actor: by.actor, reason: from(by, why) })
    if (!erased) throw new ApiError('ERR_NOT_FOUND')
    return { erased }
  }
}

const from = ({ address }: AdminPrincipal, why?: string) => reasonFrom(address, why)

/** The only routes that say who a person is. */
@Administrators()
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get('viewers/:viewerId')
  @Rule('manage')
  @Answers(200, AdminViewer)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  read(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Query(valid(Because, 'query')) { reason }: Because,
  ): Promise<AdminViewer> {
    return this.people.read(by, viewerId, reason)
  }

  /** Titles and bodies are `(held sealed)` here. The person's own copy, `GET /v1/me/export`, has them. */
  @Get('viewers/:viewerId/export')
  @Rule('manage')
  @Answers(200, PersonExport)
  @Problems('ERR_INPUT', 'ERR_NOT_FOUND')
  async export(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Query(valid(Because, 'query')) { reason }: Because,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendDocument(reply, await this.people.export(by, viewerId, reason))
  }

  @Post('viewers/:viewerId/erase')
  @Rule('manage')
  @Answers(200, PersonErased)
  @Problems(...BODY_ERRORS, 'ERR_NOT_FOUND')
  erase(
    @Admin() by: AdminPrincipal,
    @Param('viewerId') viewerId: string,
    @Body(valid(WithReason)) { reason }: WithReason,
  ): Promise<PersonErased> {
    return this.people.erase(by, viewerId, reason)
  }
}
