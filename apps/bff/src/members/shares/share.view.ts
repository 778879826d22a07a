import type { Share } from '@sealcard/protocol'
import { wireTime } from '../../core/ids.js'
import type { ShareEntity } from './share.entity.js'

/** @param value the activityId or state, unsealed @param title the card's: everybody in the chat sees it */
export const shareView = (share: ShareEntity, value: string, title: string): Share => ({
  id: share.id,
  // The share id, which proves nothing; never the state or activityId.
  path: `/pages/open/index?s=${share.id}`,
  title,
  declare:
    share.platform === 'wechat'
      ? { platform: 'wechat', activityId: value }
      : { platform: 'wecom', state: value },
  createdAt: wireTime(share.createdAt),
  shareUntil: wireTime(share.shareUntil),
  verifyUntil: wireTime(share.verifyUntil),
})
