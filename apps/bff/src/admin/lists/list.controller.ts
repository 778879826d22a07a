import { Get, Query } from '@nestjs/common'
import {
  AdminCardPage,
  AdminOpeningPage,
  AuditChainPage,
  AuditPage,
  ListAdminCards,
  ListAdminOpenings,
  ListAudit,
  ListAuditChains,
  ListMemberSessions,
  MemberSessionPage,
} from '@sealcard/protocol'
import { Administrators, Rule } from '../../http/access/decorators.js'
import { Answers, Problems } from '../../http/openapi/api-docs.js'
import { valid } from '../../http/parsing/validation.js'
import { AuditChains } from './audit-chains.js'
import { AuditList } from './audit-list.js'
import { CardList } from './card-list.js'
import { OpeningList } from './opening-list.js'
import { SessionList } from './session-list.js'

@Administrators()
export class ListController {
  constructor(
    private readonly cardList: CardList,
    private readonly openingList: OpeningList,
    private readonly sessionList: SessionList,
    private readonly auditList: AuditList,
    private readonly auditChains: AuditChains,
  ) {}

  @Get('cards')
  @Rule('read')
  @Answers(200, AdminCardPage)
  @Problems('ERR_INPUT')
  cards(@Query(valid(ListAdminCards, 'query')) query: ListAdminCards): Promise<AdminCardPage> {
    return this.cardList.page(query)
  }

  @Get('openings')
  @Rule('read')
  @Answers(200, AdminOpeningPage)
  @Problems('ERR_INPUT')
  openings(
    @Query(valid(ListAdminOpenings, 'query')) query: ListAdminOpenings,
  ): Promise<AdminOpeningPage> {
    return this.openingList.page(query)
  }

  @Get('sessions')
  @Rule('read')
  @Answers(200, MemberSessionPage)
  @Problems('ERR_INPUT')
  sessions(
    @Query(valid(ListMemberSessions, 'query')) query: ListMemberSessions,
  ): Promise<MemberSessionPage> {
    return this.sessionList.page(query)
  }

  @Get('audit')
  @Rule('audit')
  @Answers(200, AuditPage)
  @Problems('ERR_INPUT')
  audit(@Query(valid(ListAudit, 'query')) query: ListAudit): Promise<AuditPage> {
    return this.auditList.page(query)
  }

  @Get('audit/chains')
  @Rule('audit')
  @Answers(200, AuditChainPage)
  @Problems('ERR_INPUT')
  chains(@Query(valid(ListAuditChains, 'query')) query: ListAuditChains): Promise<AuditChainPage> {
    return this.auditChains.page(query)
  }
}
