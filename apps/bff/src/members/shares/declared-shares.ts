import { Inject, Injectable } from '@nestjs/common'
import type { Share } from '@sealcard/protocol'
import { CONFIG, type Config, OPEN_PATH } from '../../core/config/config.js'
import { sha256 } from '../../core/crypto/digest.js'
import { Vault } from '../../core/crypto/vault.js'
import { ApiError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { DAY, wireTime } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { PlatformClients, Platforms, WebApps } from '../../platforms/registry/platforms.js'
import { CardContent } from '../cards/card-content.js'
import type { CardEntity } from '../cards/card.entity.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { ShareLabels } from './share-labels.js'
import type { UsableShare } from './share-store.js'

/** What the vault binds a share's sealed value to. */
const shareValueRef = (shareId: string) => ({
  table: 'shares',
  row: shareId,
  purpose: 'value',
})

/** Asks the platform for the value of a new share. */
@Injectable()
export class ShareDeclarer {
  constructor(
    private readonly platforms: PlatformClients,
    private readonly viewers: ViewerRepository,
    private readonly vault: Vault,
    private readonly labels: ShareLabels,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /**
   * @returns the share, not stored yet
   * @throws ApiError ERR_SESSION for an erased person; PlatformError, PlatformUnreachable
   */
  async declare(
    { viewerId, app }: Principal,
    card: CardEntity,
    label: string | null,
  ): Promise<UsableShare> {
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
      sealedLabel: label === null ? null : this.labels.seal(id, label),
      labelHash: await this.labels.hashOf(card.id, viewerId, label),
      createdAt,
      shareUntil: createdAt + shareDays * DAY,
      verifyUntil: createdAt + verifyDays * DAY,
    }
  }
}

/** Few openings are worth a question: the page peeks before it opens. */
const asking = ({ policy: { maxOpensPerViewer = Infinity } }: CardEntity): string =>
  maxOpensPerViewer <= 3 ? '&c=1' : ''

/** A share as its sharer gets it. */
@Injectable()
export class ShareViews {
  constructor(
    private readonly platforms: Platforms,
    private readonly webApps: WebApps,
    private readonly content: CardContent,
    private readonly vault: Vault,
    private readonly labels: ShareLabels,
  ) {}

  /**
   * What a page declares is opened in a page: no share is made that cannot be opened.
   * @throws ApiError ERR_H5_UNVERIFIED
   */
  refuseUnopenable({ kind, app }: Principal): void {
    if (kind === 'web' && !this.platforms.of(app).web?.isVerified(app))
      throw new ApiError('ERR_H5_UNVERIFIED')
  }

  of({ app }: Principal, share: UsableShare, card: CardEntity): Share {
    const value = this.vault.unseal(shareValueRef(share.id), share.sealedValue)
    return {
      id: share.id,
      // The share id, which proves nothing; never the declared value.
      path: `${app.openPath ?? OPEN_PATH}?s=${share.id}${asking(card)}`,
      ...this.#page(share, card),
      // Everybody in the chat sees it.
      title: this.content.title(card),
      ...this.labels.shown(share),
      declare: this.platforms.named(share.platform).declaration(value),
      createdAt: wireTime(share.createdAt),
      shareUntil: wireTime(share.shareUntil),
      verifyUntil: wireTime(share.verifyUntil),
    }
  }

  /** No address of a page that opens nothing. */
  #page({ id, appId }: UsableShare, card: CardEntity): Pick<Share, 'h5Url'> {
    const web = this.webApps.find(appId)
    if (!web?.rules.isVerified(web.app)) return {}
    return { h5Url: `${web.settings.origin}/h5/o?s=${id}${asking(card)}` }
  }
}
