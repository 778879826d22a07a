import { Injectable } from '@nestjs/common'
import { act } from '../../access/act.js'
import type { AdminPrincipal } from '../../access/admin-principal.js'
import { AuditLog } from '../../audit/audit-log.js'
import { ApiError, inputError } from '../../http/api-error.js'
import { asId } from '../../http/ids.js'
import { ViewerRepository } from '../../sessions/viewer.repository.js'

interface Asked {
  readonly by: AdminPrincipal
  /** Of the act, as the audit names it. */
  readonly kind: string
  readonly viewer: string
  readonly why?: string | undefined
}

/** The person that an administrator's act is about. */
@Injectable()
export class KnownPerson {
  constructor(
    private readonly viewers: ViewerRepository,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param why goes into the audit, which outlives an erasure: it must not name the person. That it does is an answer
   * to whoever may not learn who somebody is, so it is recorded as an attempt
   * @throws ApiError ERR_NOT_FOUND; ERR_INPUT naming `reason`
   */
  async find({ by, kind, viewer, why = '' }: Asked): Promise<{ id: string; platformId: string }> {
    const id = asId(viewer)
    const platformId = await this.viewers.keyOf(id)
    if (platformId === null) throw new ApiError('ERR_NOT_FOUND')
    if (why.toLowerCase().includes(platformId.toLowerCase())) {
      const refused = { kind, subject: id, decision: 'refused', why: 'reason_names_the_person' }
      await this.audit.append(act(by, refused))
      throw inputError('reason', 'must not name the person')
    }
    return { id, platformId }
  }
}
