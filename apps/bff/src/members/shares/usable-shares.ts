import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '../../core/config/config.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import type { CardEntity } from '../cards/card.entity.js'
import type { ShareEntity } from './share.entity.js'
import { ShareRepository } from './share.repository.js'

/** A share whose value its sharer can still declare. */
export type UsableShare = ShareEntity & { readonly sealedValue: string }

/** Finds the share that a person declared before. */
@Injectable()
export class UsableShares {
  constructor(
    private readonly shares: ShareRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns one that can be shared for another day, or for half of its window where that is shorter */
  async find(me: Principal, card: CardEntity): Promise<UsableShare | null> {
    const left = Math.min(DAY, (this.config.windows.shareDays * DAY) / 2)
    const until = this.clock.now() + left
    const share = await this.shares.findShareable(card.id, me.viewerId, until)
    return share && isUsable(share) ? share : null
  }
}

const isUsable = (share: ShareEntity): share is UsableShare => share.sealedValue !== null
