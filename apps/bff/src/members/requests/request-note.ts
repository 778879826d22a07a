import { Injectable } from '@nestjs/common'
import { CryptoError } from '@sealcard/crypto'
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

  /** Empty once erased. An envelope that does not open costs the words, and nothing else of the list. */
  of({ id, sealedNote }: Pick<AccessRequestEntity, 'id' | 'sealedNote'>): string {
    if (sealedNote === null) return ''
    try {
      return this.vault.unseal(ref(id), sealedNote)
    } catch (error) {
      if (error instanceof CryptoError) return ''
      throw error
    }
  }
}
