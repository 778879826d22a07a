import type { Words } from './words.js'

/** Writing a card. */
export const write = {
  'write.title': { zh: '写卡片', en: 'New card' },
  'write.draft-here': {
    zh: '这里有一份草稿。可以接着写，或清空。',
    en: 'Here is your draft. Go on, or clear it.',
  },
  'write.draft-clear': { zh: '清空草稿', en: 'Clear the draft' },
  'write.field-title': { zh: '标题', en: 'Title' },
  'write.title-hint': {
    zh: '标题会显示在聊天里，请不要写保密内容',
    en: 'Shown in the chat; keep secrets out of it',
  },
  'write.field-body': { zh: '正文', en: 'Text' },
  'write.body-hint': {
    zh: '只有收到的人能看到',
    en: 'Only recipients can read this',
  },
  'write.count': { zh: '{n}/{max}', en: '{n}/{max}' },
  'write.presets': { zh: '常用设置', en: 'Quick settings' },
  'write.preset-one-reader': { zh: '仅一人可看', en: 'One reader only' },
  'write.preset-day': { zh: '24 小时', en: '24 hours' },
  'write.preset-acknowledge': { zh: '需要确认', en: 'Acknowledgement' },
  'write.preset-burn': { zh: '阅后即焚', en: 'Burn after reading' },
  'write.presets-note': {
    zh: '会记住这些设置，下一张直接沿用。',
    en: 'The next card starts with the settings of this one.',
  },
  'write.section-limits': { zh: '有效期与次数', en: 'Expiry and limits' },
  'write.expiry': { zh: '有效期', en: 'Expires' },
  'write.expiry-hour': { zh: '1 小时', en: '1 hour' },
  'write.expiry-day': { zh: '1 天', en: '1 day' },
  'write.expiry-week': { zh: '7 天', en: '7 days' },
  'write.expiry-month': { zh: '30 天', en: '30 days' },
  'write.expiry-never': { zh: '不限', en: 'Never' },
  'write.max-viewers': { zh: '最多几人看', en: 'Max. readers' },
  'write.max-opens': { zh: '每人最多看几次', en: 'Max. openings per reader' },
  'write.no-limit': { zh: '不限', en: 'No limit' },
  'write.section-protection': { zh: '保护', en: 'Protection' },
  'write.acknowledge': { zh: '需要确认“我已知悉”', en: 'Request an acknowledgement' },
  'write.watermark': { zh: '显示查看人水印', en: 'Watermark with the reader' },
  'write.guard': { zh: '尽量防止截屏', en: 'Block screenshots where possible' },
  'write.copy': { zh: '允许复制和点开链接', en: 'Allow copying and links' },
  'write.submit': { zh: '完成，去分享', en: 'Continue to share' },
  'write.submitting': { zh: '正在保存…', en: 'Saving…' },
  'write.need-title': { zh: '请写标题', en: 'A title is needed' },
  'write.too-long-title': {
    zh: '标题最多 {max} 个字',
    en: 'The title has at most {max} characters',
  },
  'write.too-long-body': { zh: '正文最多 {max} 个字', en: 'The text has at most {max} characters' },
  'write.bad-number': {
    zh: '“{what}”要填 1 到 100000 的整数，或留空',
    en: '“{what}” is a whole number from 1 to 100000, or empty',
  },
  'write.rules': { zh: '公司规定：{rules}。', en: 'Your company’s rules: {rules}.' },
  'write.rules-missing': {
    zh: '暂时取不到公司规定。你可以先写，提交时会检查。',
    en: 'Your company’s rules could not be loaded. You can keep writing: they are checked when you send.',
  },
  'write.rule-between': { zh: '；', en: '; ' },
  'write.rule-life': {
    zh: '卡片最长 {n} 天',
    en: 'a card lives {n} days at most',
    one: 'a card lives {n} day at most',
  },
  'write.rule-viewers': {
    zh: '最多 {n} 人看',
    en: 'max. {n} readers',
    one: 'max. {n} reader',
  },
  'write.rule-opens': {
    zh: '每人最多看 {n} 次',
    en: 'max. {n} openings per reader',
    one: 'max. {n} opening per reader',
  },
  'write.rule-watermark': {
    zh: '一律显示查看人水印',
    en: 'always a watermark that names the reader',
  },
  'write.rule-no-copy': { zh: '不允许复制', en: 'no copying' },
  'write.rule-nobody': {
    zh: '按公司规定，你不能创建卡片。如有需要请联系管理员。',
    en: 'By your company’s rules you cannot make cards. Ask an administrator if you need to.',
  },
  'write.over-rules': {
    zh: '“{what}”超过了公司规定',
    en: '“{what}” is more than your company allows',
  },
  'write.kept': { zh: '内容已保留，可以直接重试。', en: 'Your text is kept; just try again.' },
} as const satisfies Words
