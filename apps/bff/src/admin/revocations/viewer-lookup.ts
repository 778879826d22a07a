import { Injectable } from '@nestjs/common'
import { withoutName } from '../../accounts/admin-audit-entry.js'
import { ApiError } from '../../core/errors/api-error.js'
import { asId } from '../../core/ids.js'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'

/** The person whom an administrator's request is about. */
@Injectable()
export class ViewerLookup {
  constructor(private readonly viewers: ViewerRepository) {}

  /**
   * Takes the person's name out of the reason, because the audit outlives an erasure. The answer does not say whether the
   * name was in it: an administrator without the right to names could otherwise guess names.
   * @returns the person, and the reason without the name
   * @throws ApiError ERR_NOT_FOUND
   */
  async find(viewer: string, why = ''): Promise<{ id: string; platformId: string; why: string }> {
    const id = asId(viewer)
    const platformId = await this.viewers.keyOf(id)
    if (platformId === null) throw new ApiError('ERR_NOT_FOUND')
    return { id, platformId, why: withoutName(why, platformId) }
  }

  /** The reason as it is, where the person may be erased: there is no name left to compare with. */
  async reasonAbout(id: string, why: string): Promise<string> {
    const platformId = await this.viewers.keyOf(id)
    return platformId === null ? why : withoutName(why, platformId)
  }
}
