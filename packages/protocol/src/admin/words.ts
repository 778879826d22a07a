/** A sentence of the service in the languages that its people read. */
export interface InBothLanguages {
  readonly zh: string
  readonly en: string
}

type Dictionary = Readonly<Record<string, InBothLanguages>>

/**
 * What an entry of the audit records, by its `kind`. The console and the command line show these words. A test of the BFF
 * finds a kind that has none.
 */
export const ACTS = {
  opening: { zh: '打开卡片', en: 'Opened a card' },
  'opening.acknowledge': { zh: '确认已读', en: 'Confirmed having read a card' },
  'card.create': { zh: '写卡片', en: 'Wrote a card' },
  'card.change': { zh: '修改卡片', en: 'Changed a card' },
  'card.delete': { zh: '删除卡片', en: 'Deleted a card' },
  'card.extend': { zh: '延长卡片的有效期', en: 'Extended a card' },
  'card.revoke': { zh: '收回卡片', en: 'Revoked a card' },
  'card.erase': { zh: '抹除卡片内容', en: "Erased a card's words" },
  'share.create': { zh: '分享卡片', en: 'Shared a card' },
  'card.subscribe': { zh: '订阅卡片的通知', en: 'Asked for a message about a card' },
  'access.request': { zh: '申请查看', en: 'Asked for access' },
  'access.dismiss': { zh: '不再显示查看申请', en: 'Dismissed a request for access' },
  'session.open': { zh: '登录', en: 'Logged in' },
  'session.end': { zh: '退出登录', en: 'Logged out' },
  'session.revoke': { zh: '结束某人的全部会话', en: 'Ended all sessions of a person' },
  'viewer.block': { zh: '停用人员', en: 'Blocked a person' },
  'viewer.unblock': { zh: '恢复人员', en: 'Unblocked a person' },
  'viewer.revoke_cards': { zh: '收回某人的全部卡片', en: 'Revoked all cards of a person' },
  'viewer.offboard': { zh: '离职处理', en: 'Offboarded a person' },
  'person.name': { zh: '修改自己的名字', en: 'Changed their own name' },
  'person.read': { zh: '查看人员身份', en: 'Read who a person is' },
  'person.find': { zh: '按平台账号查找人员', en: "Found a person by the platform's id" },
  'person.export': { zh: '导出个人数据', en: "Exported a person's data" },
  'person.erase': { zh: '抹除个人数据', en: "Erased a person's data" },
  'policy.set': { zh: '修改公司策略', en: 'Changed the company policy' },
  'cards.export': { zh: '导出卡片列表', en: 'Exported the list of cards' },
  'openings.export': { zh: '导出打开记录', en: 'Exported the list of openings' },
  'audit.export': { zh: '导出审计', en: 'Exported the audit' },
  'audit.verify': { zh: '校验审计', en: 'Verified the audit' },
  'audit.witness': { zh: '记录另一条审计链的位置', en: 'Noted the place of another audit chain' },
  'database.backup': { zh: '备份数据库', en: 'Backed up the database' },
  'database.restore': { zh: '还原数据库', en: 'Restored the database' },
  'keys.rewrap': { zh: '用新密钥重新封装', en: 'Rewrapped sealed values under the new key' },
  'app.apiBase': { zh: '使用非官方接口地址', en: 'Uses an unofficial address of the platform' },
  'h5.doctor': { zh: '检测网页密钥', en: "Tried the web page's keys" },
  'webhook.test': { zh: '测试 Webhook', en: 'Tested a webhook' },
  'admin.create': { zh: '新建管理员', en: 'Created an administrator' },
  'admin.setup': { zh: '设置管理员', en: 'Set up an administrator' },
  'admin.login': { zh: '管理员登录', en: 'An administrator logged in' },
  'admin.logout': { zh: '管理员退出', en: 'An administrator logged out' },
  'admin.sessions': { zh: '结束管理员的全部登录', en: "Ended an administrator's logins" },
  'admin.password': { zh: '修改管理员密码', en: "Changed an administrator's password" },
  'admin.totp': { zh: '更换动态口令', en: "Changed an administrator's second factor" },
  'admin.disable': { zh: '停用管理员', en: 'Disabled an administrator' },
  'admin.delete': { zh: '删除管理员', en: 'Deleted an administrator' },
  'admin.enable': { zh: '启用管理员', en: 'Enabled an administrator' },
  'admin.role': { zh: '修改管理员角色', en: "Changed an administrator's role" },
  'admin.reset': { zh: '重置管理员', en: 'Reset an administrator' },
  'token.create': { zh: '新建自动化令牌', en: 'Made an automation token' },
  'token.revoke': { zh: '收回自动化令牌', en: 'Revoked an automation token' },
} as const satisfies Dictionary

/** The `kind` of an entry of the audit. */
export type ActKind = keyof typeof ACTS

/** Why an opening was not granted, by the `reason` of an opening or of its audit entry. */
export const OPENING_REASONS = {
  session_not_live: {
    zh: '登录已经结束。',
    en: 'The login was over.',
  },
  no_proof: {
    zh: '平台没有给出接收凭证：此人不在收到卡片的聊天里，或者不是从聊天中打开的。',
    en: 'The platform gave no proof: the person is not in a chat that got the card, or did not open it there.',
  },
  no_such_share: {
    zh: '没有这个分享，或者它属于另一个应用。',
    en: 'There is no such share, or it belongs to another app.',
  },
  proof_not_opened: {
    zh: '接收凭证解不开：密钥已更换，或者凭证被改动过。',
    en: 'The proof did not open: the key has changed, or somebody changed the proof.',
  },
  proof_of_another_share: {
    zh: '接收凭证是另一个分享的。',
    en: 'The proof belongs to another share.',
  },
  not_the_receiver: {
    zh: '接收凭证是发给另一个人的。',
    en: 'The proof was made for another person.',
  },
  proof_used: {
    zh: '接收凭证已经用过。',
    en: 'The proof was used before.',
  },
  verify_window_closed: {
    zh: '这个分享的查看期限已过。',
    en: 'The time to open this share is over.',
  },
  card_revoked: { zh: '卡片已被收回。', en: 'The card is revoked.' },
  card_expired: { zh: '卡片已经到期。', en: 'The card has expired.' },
  view_limit: {
    zh: '查看人数或次数已用完。',
    en: 'The card has reached its limit of readers or openings.',
  },
  rate_limited: {
    zh: '此人在短时间内尝试过多。',
    en: 'The person tried too often within a short time.',
  },
  resent: {
    zh: '同一凭证在一分钟内再次送达，没有重复计数。',
    en: 'The same proof came again within its minute. It counts once.',
  },
} as const satisfies Dictionary

export type OpeningReason = keyof typeof OPENING_REASONS
