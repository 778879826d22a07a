import { Injectable } from '@nestjs/common'
import { withoutName } from '../../accounts/admin-audit-entry.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'

/** The person that an administrator's act is about. */
@Injectable()
export class ViewerLookup {
  constructor(private readonly viewers: ViewerRepository) {}

  /**
   * @returns the person, and why without their name: the audit outlives an erasure. The answer is the same with and
   * without one: an administrator who may not learn who somebody is would learn it by asking
   * @throws ApiError ERR_NOT_FOUND
   */
  async find(viewer: string, why = ''): Promise<{ id: string; platformId: string; why: string }> {
    const id = asId(viewer)
    const platformId = await this.viewers.keyOf(id)
    if (platformId === null) throw new ApiError('ERR_NOT_FOUND')
    return { id, platformId, why: withoutName(why, platformId) }
  }

  /** The same reason where the person may be gone: nobody's name is in it any more. */
  async reasonAbout(id: string, why: string): Promise<string> {
    const platformId = await this.viewers.keyOf(id)
    return platformId === null ? why : withoutName(why, platformId)
  }
}
