import type { Words } from './words.js'

/** What the tables of a person's copy hold: a heading for each that `docs/generated/tables.md` lists of a person. */
export const tables = {
  'table.viewers': { zh: '我是谁', en: 'Who I am' },
  'table.viewer_keys': { zh: '平台的会话密钥', en: 'Session keys of the platform' },
  'table.sessions': { zh: '登录', en: 'Logins' },
  'table.cards': { zh: '我写的卡片', en: 'My cards' },
  'table.shares': { zh: '我的分享', en: 'My shares' },
  'table.card_viewers': { zh: '我看过的卡片', en: 'Cards that I opened' },
  'table.openings': { zh: '我的打开', en: 'My openings' },
  'table.proofs': { zh: '用过的收件凭据', en: 'Used proofs' },
  'table.access_requests': { zh: '我的申请', en: 'My requests for access' },
  'table.card_subscriptions': { zh: '我同意的微信消息', en: 'WeChat messages that I accepted' },
  'table.notice_choices': { zh: '我关掉的通知', en: 'Notices that I switched off' },
  'table.idempotency_keys': { zh: '防止重复的编号', en: 'Keys against a second card' },
  'table.card_pairs': { zh: '标题的搜索索引', en: 'Search index of my titles' },
  'table.viewer_pairs': { zh: '名字的搜索索引', en: 'Search index of my name' },
  'table.card_makers': { zh: '允许写卡片', en: 'Permission to write cards' },
  'table.bot_callbacks': { zh: '机器人收到的', en: 'What the bot received' },
  'table.bot_jobs': { zh: '机器人要回答的', en: 'What the bot has to answer' },
  'table.bot_notices': { zh: '给我的通知', en: 'Notices to me' },
  'table.bot_people': { zh: '机器人记得的', en: 'What the bot remembers' },
  'table.webhook_deliveries': { zh: '要告诉公司系统的', en: "What the company's system is told" },
  'table.h5_doctor_runs': { zh: '网页体检', en: 'Checks of the web page' },
  'table.audit_entries': { zh: '操作记录', en: 'Audit log' },
} as const satisfies Words
