import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '../../core/config/config.js'
import { sha256 } from '../../core/crypto/digest.js'
import { Vault } from '../../core/crypto/vault.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { DAY } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { PlatformClients } from '../../platforms/registry/platforms.js'
import type { CardEntity } from '../cards/card.entity.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { shareValueRef } from './share-value.js'
import type { UsableShare } from './usable-shares.js'

/** Asks the platform for the value of a new share. */
@Injectable()
export class ShareDeclarer {
  constructor(
    private readonly platforms: PlatformClients,
    private readonly viewers: ViewerRepository,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * @returns the share, not stored yet
   * @throws ApiError ERR_SESSION for an erased person; PlatformError, PlatformUnreachable
   */
  async declare({ viewerId, app }: Principal, card: CardEntity): Promise<UsableShare> {
    const viewerKey = await this.viewers.keyOf(viewerId)
    if (viewerKey === null) throw new ApiError('ERR_SESSION')
    // The windows count from the creation on the platform; taken before the call, ours never last longer.
    const createdAt = this.clock.now()
    const value = await this.platforms.of(app).declare(app, { viewerKey })
    const id = this.random.id()
    const { shareDays, verifyDays } = this.config.windows
    return {
      id,
      cardId: card.id,
      sharerId: viewerId,
      appId: app.id,
      platform: app.platform,
      valueHash: sha256(value, 'base64url'),
      sealedValue: this.vault.seal(shareValueRef(id), value),
      createdAt,
      shareUntil: createdAt + shareDays * DAY,
      verifyUntil: createdAt + verifyDays * DAY,
    }
  }
}
