import { Inject, Injectable } from '@nestjs/common'
import { CryptoError } from '@sealcard/crypto'
import type { EntityManager } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { type Keys, rotate, withoutExpired } from './previous-keys.service.js'
import { SESSION_MS } from './session.entity.js'
import { ViewerKeysEntity } from './viewer-keys.entity.js'

const ref = (viewerId: string, purpose: 'current_key' | 'previous_key') => ({
  table: 'viewer_keys',
  row: viewerId,
  purpose,
})

/** The platform's session keys, sealed at rest. */
@Injectable()
export class ViewerKeysRepository {
  constructor(
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The keys of a row that count now; null when none does. */
  current(row: ViewerKeysEntity): Keys | null {
    const now = this.clock.now()
    if (now >= row.expiresAt) return null
    const keys = this.#unsealed(row)
    return keys && withoutExpired(keys, now)
  }

  /**
   * Takes the key that a login delivered. Runs under the lock on the viewer's row.
   *
   * Of two logins of one person at once, the one that comes here last counts as the newer. The platform may have
   * answered it first: its answers carry no order, and our clocks do not know the order of overlapping calls. This mends
   * itself. Both keys open proofs for five minutes. When a proof is rejected after that, the client logs in once more,
   * and gets the platform's key again. An attacker gains nothing: the retired key counts no longer than the key of a
   * person who does not log in again.
   */
  async take(manager: EntityManager, viewerId: string, key: string): Promise<void> {
    const now = this.clock.now()
    const row = await manager.findOneBy(ViewerKeysEntity, { viewerId })
    const keys = rotate(row && this.#unsealed(row), key, now)
    const sealed = {
      currentKey: this.vault.seal(ref(viewerId, 'current_key'), keys.current),
      previousKey: keys.previous && this.vault.seal(ref(viewerId, 'previous_key'), keys.previous),
      previousUntil: keys.previousUntil,
      expiresAt: now + SESSION_MS,
    }
    if (row) await manager.update(ViewerKeysEntity, { viewerId }, sealed)
    else await manager.insert(ViewerKeysEntity, { viewerId, ...sealed })
  }

  /** Null for keys that no key of the keyring opens: no proof holds then, and the next login brings new ones. */
  #unsealed(row: ViewerKeysEntity): Keys | null {
    const { viewerId, currentKey, previousKey, previousUntil } = row
    try {
      return {
        current: this.vault.unseal(ref(viewerId, 'current_key'), currentKey),
        previous: previousKey && this.vault.unseal(ref(viewerId, 'previous_key'), previousKey),
        previousUntil,
      }
    } catch (error) {
      if (error instanceof CryptoError) return null
      throw error
    }
  }
}
