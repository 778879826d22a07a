import { Inject, Injectable } from '@nestjs/common'
import type {
  AccessAsked,
  AccessRequest,
  AccessRequestPage,
  AskAccess,
  ListAccessRequests,
} from '@sealcard/protocol'
import type { EntityManager } from 'typeorm'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId, NO_ID } from '../../core/ids.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { limited } from '../../http/limits/person-limits.js'
import { PageCursor } from '../../http/pagination/page-cursor.js'
import { CardService } from '../cards/card.service.js'
import { CardRepository } from '../cards/card.repository.js'
import { ViewerViews } from '../names/viewer-views.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import type { AccessRequestEntity } from './access-request.entity.js'
import { AccessRequestRepository } from './access-request.repository.js'
import { ASKS, ASKS_MS } from './asks-of-erased.js'
import { RequestNotes } from './request-note.js'

/** People ask for access. Nothing tells them whether the share exists: every request does the same work. */
@Injectable()
export class AskingService {
  constructor(
    private readonly requests: AccessRequestRepository,
    private readonly notes: RequestNotes,
    private readonly viewers: ViewerRepository,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** @throws ApiError ERR_RATE_LIMITED after three requests within 24 hours, whatever they were about */
  async ask(me: Principal, asked: string, { note = '' }: AskAccess = {}): Promise<AccessAsked> {
    const { viewerId } = me
    await this.#refuseTooMany(viewerId)
    const shareId = asId(asked)
    const cardId = await this.requests.cardOf(me, shareId)
    const id = this.random.id()
    const sealedNote = this.notes.seal(id, note)
    await this.audit.transact(async ({ manager, record }) => {
      await this.viewers.lock(manager, viewerId)
      await this.#refuseTooMany(viewerId, manager)
      const at = this.clock.now()
      const request = { id, shareId, cardId, viewerId, sealedNote, at, dismissedAt: null }
      await this.requests.insert(manager, request)
      const about = { app: me.app.id, cardId, requestId: id }
      record({ kind: 'access.request', actor: viewerId, subject: shareId, decision: 'done', about })
    })
    return {}
  }

  async #refuseTooMany(viewerId: string, manager?: EntityManager): Promise<void> {
    const now = this.clock.now()
    const at = await this.requests.nthMade(viewerId, now - ASKS_MS, ASKS, manager)
    if (at !== undefined) throw limited((at + ASKS_MS - now) / 1000)
  }
}

/** Requests for a card, for its owner. */
@Injectable()
export class AccessRequests {
  constructor(
    private readonly requests: AccessRequestRepository,
    private readonly notes: RequestNotes,
    private readonly cards: CardService,
    private readonly ownCards: CardRepository,
    private readonly viewers: ViewerViews,
    private readonly cursors: PageCursor,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiError ERR_NOT_FOUND */
  async list(
    me: Principal,
    cardId: string,
    { limit, cursor }: ListAccessRequests,
  ): Promise<AccessRequestPage> {
    const { id } = await this.cards.own(me, cardId)
    const list = ['requests', id]
    const after = await this.cursors.decode(list, cursor)
    const rows = await this.requests.ofCard(id, after, limit + 1)
    const { page, nextCursor } = await this.cursors.cut(list, rows, limit, (row) => row)
    return { items: await Promise.all(page.map((row) => this.#view(row))), nextCursor }
  }

  /** Again changes nothing. @throws ApiError ERR_NOT_FOUND, the same for a request that is not there and for others' */
  async dismiss({ viewerId }: Principal, asked: string): Promise<void> {
    const id = asId(asked)
    const request = await this.requests.find(id)
    const card = await this.ownCards.findOwn(request?.cardId ?? NO_ID, viewerId)
    if (!card) throw new ApiError('ERR_NOT_FOUND')
    await this.audit.transact(async ({ manager, record }) => {
      if (await this.requests.dismiss(manager, id, this.clock.now()))
        record({ kind: 'access.dismiss', actor: viewerId, subject: id, decision: 'done' })
    })
  }

  async #view(row: AccessRequestEntity): Promise<AccessRequest> {
    return {
      id: row.id,
      viewer: await this.viewers.of(row.viewerId),
      note: this.notes.of(row),
      at: wireTime(row.at),
    }
  }
}
