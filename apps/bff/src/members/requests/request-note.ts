import { Injectable } from '@nestjs/common'
import { Vault } from '../../core/crypto/vault.js'
import type { AccessRequestEntity } from './access-request.entity.js'

const ref = (id: string) => ({ table: 'access_requests', row: id, purpose: 'note' })

/** The words of a request, sealed at rest. */
@Injectable()
export class RequestNotes {
  constructor(private readonly vault: Vault) {}

  seal(id: string, note: string): string {
    return this.vault.seal(ref(id), note)
  }

  /** Empty once erased, and where the envelope does not open. */
  of({ id, sealedNote }: Pick<AccessRequestEntity, 'id' | 'sealedNote'>): string {
    return this.vault.unsealOrNull(ref(id), sealedNote) ?? ''
  }
}
