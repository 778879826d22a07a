import { Injectable } from '@nestjs/common'
import { ApiError, inputError } from '../../http/api-error.js'
import { asId } from '../../http/ids.js'
import { ViewerRepository } from '../../sessions/viewer.repository.js'

/** The person that an administrator's act is about. */
@Injectable()
export class KnownPerson {
  constructor(private readonly viewers: ViewerRepository) {}

  /**
   * @param reason goes into the audit, which outlives an erasure: it must not name the person
   * @throws ApiError ERR_NOT_FOUND; ERR_INPUT naming `reason`
   */
  async find(viewer: string, reason = ''): Promise<{ id: string; platformId: string }> {
    const id = asId(viewer)
    const platformId = await this.viewers.keyOf(id)
    if (platformId === null) throw new ApiError('ERR_NOT_FOUND')
    if (reason.toLowerCase().includes(platformId.toLowerCase()))
      throw inputError('reason', 'must not name the person')
    return { id, platformId }
  }
}
