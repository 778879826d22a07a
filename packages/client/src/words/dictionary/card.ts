import type { Words } from './words.js'

/** A card of one’s own: its share, its readers, its revocation. */
export const card = {
  'card.title': { zh: '卡片', en: 'Card' },
  'card.unfold': { zh: '展开全文', en: 'Show all' },
  'card.fold': { zh: '收起', en: 'Show less' },
  'card.empty-body': { zh: '（没有正文）', en: '(no text)' },
  'card.created': { zh: '写于 {time}', en: 'Written {time}' },
  'card.until': { zh: '可读到 {time}', en: 'Can be read until {time}' },
  'card.expired-at': { zh: '{time} 过期', en: 'Expired {time}' },
  'card.revoked-at': { zh: '撤回时间', en: 'Revoked' },
  'card.share': { zh: '分享到聊天', en: 'Share to a chat' },
  'card.preparing': { zh: '正在准备…', en: 'Preparing…' },
  'card.share-promise': {
    zh: '已设为私密：只有直接收到的人，或打开时在群里的人，能看内容。',
    en: 'Private: only the person who receives it, or whoever is in the group when opening it, can read it.',
  },
  'card.share-until': { zh: '可分享至 {time}', en: 'Can be shared until {time}' },
  'card.fail-client-too-old': {
    zh: '这个版本不支持私密分享，请升级后再试。',
    en: 'This version cannot share privately. Please update it.',
  },
  'card.fail-desktop': {
    zh: '电脑版微信发出的私密卡片别人打不开，请在手机上分享。',
    en: 'Cards sent from WeChat on a computer cannot be opened. Share from your phone.',
  },
  'card.fail-not-wecom': {
    zh: '请在企业微信里打开这个页面，再分享。',
    en: 'Open this page in WeCom to share.',
  },
  'card.fail-platform': {
    zh: '没能设为私密，所以先不让分享。',
    en: 'It could not be made private, so sharing is off.',
  },
  'card.fail-setup': {
    zh: '管理员还没有完成设置，或者你当前使用的是另一个企业，所以先不能分享。',
    en: 'Sharing is off: the page is not fully set up, or you are in another company now.',
  },
  'card.fail-revoked': { zh: '卡片已撤回，不能再分享。', en: 'Revoked; it cannot be shared.' },
  'card.fail-expired': { zh: '卡片已过期，不能再分享。', en: 'Expired; it cannot be shared.' },
  'card.readers': { zh: '谁看过', en: 'Who opened it' },
  'card.refreshed': { zh: '{time} 更新', en: 'Updated {time}' },
  'card.count-viewers': { zh: '已看人数', en: 'People' },
  'card.count-total': { zh: '打开次数', en: 'Openings' },
  'card.count-refused': { zh: '被拒次数', en: 'Refused' },
  'card.nobody': { zh: '还没有人打开过', en: 'Nobody has opened it yet' },
  'card.reader-times': { zh: '看了 {n} 次', en: 'Openings: {n}' },
  'card.reader-first': { zh: '首次 {time}', en: 'First {time}' },
  'card.reader-last': { zh: '最近 {time}', en: 'Last {time}' },
  'card.acknowledged': { zh: '已知悉 {time}', en: 'Acknowledged {time}' },
  'card.not-acknowledged': { zh: '还没有确认', en: 'Not acknowledged' },
  'card.revoke': { zh: '撤回卡片', en: 'Revoke the card' },
  'card.revoke-question': { zh: '撤回这张卡片？', en: 'Revoke this card?' },
  'card.revoke-effect': {
    zh: '撤回后任何人都不能再打开，也不能恢复。已经看过的内容收不回来。',
    en: 'No one can open it any more, and this cannot be undone. What was read stays read.',
  },
  'card.revoke-confirm': { zh: '确认撤回', en: 'Revoke' },
  'card.revoking': { zh: '正在撤回…', en: 'Revoking…' },
  'card.failed': { zh: '卡片没有加载出来', en: 'The card did not load' },

  'policy.max-viewers': {
    zh: '最多 {n} 人看',
    en: 'Max. {n} readers',
    one: 'Max. {n} reader',
  },
  'policy.max-opens': {
    zh: '每人最多看 {n} 次',
    en: 'Max. {n} openings per reader',
    one: 'Max. {n} opening per reader',
  },
  'policy.acknowledge': { zh: '需要确认知悉', en: 'Acknowledgement requested' },
  'policy.watermark': { zh: '查看人水印', en: 'Reader watermark' },
  'policy.copy': { zh: '可复制', en: 'Can be copied' },
  'policy.guard': { zh: '防截屏', en: 'Screenshots blocked where possible' },
} as const satisfies Words
