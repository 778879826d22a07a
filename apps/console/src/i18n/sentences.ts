import type { ActKind } from '@sealcard/protocol/plain'
import type { Words } from '@sealcard/client'

type Kinds = ActKind | `opening.${'granted' | 'refused' | 'rejected'}`

/** What people and administrators did: `by` to `about`. A kind without a sentence is said by its name in `ACTS`. */
export const sentences = {
  'opening.granted': { zh: '{by} 打开了 {about}', en: '{by} opened {about}' },
  'opening.refused': { zh: '{by} 没能打开 {about}。', en: '{by} could not open {about}.' },
  'opening.rejected': { zh: '{by} 打开 {about} 被拒。', en: '{by} was refused {about}.' },
  'opening.acknowledge': { zh: '{by} 确认已读 {about}', en: '{by} confirmed having read {about}' },
  'card.create': { zh: '{by} 写了 {about}', en: '{by} wrote {about}' },
  'card.change': { zh: '{by} 修改了 {about}', en: '{by} changed {about}' },
  'card.delete': { zh: '{by} 删除了 {about}', en: '{by} deleted {about}' },
  'card.extend': { zh: '{by} 延长了 {about} 的有效期', en: '{by} extended {about}' },
  'card.revoke': { zh: '{by} 收回了 {about}', en: '{by} revoked {about}' },
  'share.create': { zh: '{by} 准备分享 {about}', en: '{by} was about to share {about}' },
  'access.request': { zh: '{by} 申请查看 {about}', en: '{by} asked for access to {about}' },
  'viewer.block': { zh: '{by} 停用了 {about}', en: '{by} blocked {about}' },
  'viewer.unblock': { zh: '{by} 恢复了 {about}', en: '{by} unblocked {about}' },
  'viewer.revoke_cards': {
    zh: '{by} 收回了 {about} 的全部卡片',
    en: '{by} revoked all cards of {about}',
  },
  'viewer.offboard': { zh: '{by} 为 {about} 做了离职处理', en: '{by} offboarded {about}' },
  'session.revoke': {
    zh: '{by} 结束了 {about} 的全部会话',
    en: '{by} ended all sessions of {about}',
  },
} as const satisfies Words & Partial<Record<Kinds, Words[string]>>
