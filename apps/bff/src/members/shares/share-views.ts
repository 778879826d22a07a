import { Injectable } from '@nestjs/common'
import type { Share } from '@sealcard/protocol'
import { Vault } from '../../core/crypto/vault.js'
import { wireTime } from '../../core/time.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import { CardContent } from '../cards/card-content.js'
import type { CardEntity } from '../cards/card.entity.js'
import { shareValueRef } from './share-value.js'
import type { UsableShare } from './usable-shares.js'

/** A share as its sharer gets it. */
@Injectable()
export class ShareViews {
  constructor(
    private readonly platforms: Platforms,
    private readonly content: CardContent,
    private readonly vault: Vault,
  ) {}

  of(share: UsableShare, card: CardEntity): Share {
    const value = this.vault.unseal(shareValueRef(share.id), share.sealedValue)
    return {
      id: share.id,
      // The share id, which proves nothing; never the declared value.
      path: `/pages/open/index?s=${share.id}`,
      // Everybody in the chat sees it.
      title: this.content.title(card),
      declare: this.platforms.named(share.platform).declaration(value),
      createdAt: wireTime(share.createdAt),
      shareUntil: wireTime(share.shareUntil),
      verifyUntil: wireTime(share.verifyUntil),
    }
  }
}
