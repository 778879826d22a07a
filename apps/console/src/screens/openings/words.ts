import type { Words } from '@sealcard/client'

export const openingsWords = {
  title: { zh: '打开记录', en: 'Openings' },
  lead: {
    zh: '谁在什么时候打开了哪张卡片，以及为什么没有打开。',
    en: 'Who opened which card and when, and why others could not.',
  },
  at: { zh: '时间', en: 'Time' },
  who: { zh: '人员', en: 'Person' },
  card: { zh: '卡片', en: 'Card' },
  'card.none': { zh: '（没有这样的分享）', en: '(no such share)' },
  decision: { zh: '结果', en: 'Outcome' },
  granted: { zh: '已打开', en: 'Opened' },
  refused: { zh: '被拒', en: 'Refused' },
  rejected: { zh: '凭证不成立', en: 'Proof rejected' },
  'decision.hint': {
    zh: '“被拒”：确实是接收者，但卡片不能再打开。“凭证不成立”：没有证明自己是接收者。',
    en: '“Refused”: a proven recipient of a card that could not be opened. “Proof rejected”: not proven to be one.',
  },
  reason: { zh: '原因', en: 'Reason' },
  share: { zh: '分享编号', en: "Share's id" },
  id: { zh: '打开编号', en: "Opening's id" },
  'filter.card': { zh: '卡片编号', en: "Card's id" },
  'filter.viewer': { zh: '人员编号', en: "Person's id" },
  none: { zh: '还没有打开记录', en: 'There are no openings yet' },
  'none-hint': {
    zh: '有人打开分享出去的卡片后，这里会有一行。',
    en: 'A line appears here when somebody opens a shared card.',
  },
  'not-here': {
    zh: '这条记录不在这一页。请返回列表查找。',
    en: 'This record is not on this page. Search for it in the list.',
  },
  'same-person': { zh: '此人的全部打开', en: 'All openings of this person' },
  'same-card': { zh: '这张卡片的全部打开', en: 'All openings of this card' },
  'mark.title': { zh: '这是谁的水印', en: 'Whose watermark is this' },
  'mark.lead': {
    zh: '照片或截图上的水印有一个六位代码和时间。输入后可查到是谁的屏幕。',
    en: 'The watermark on a photograph has a code of six characters and a time. They tell whose screen it was.',
  },
  'mark.app': { zh: '应用', en: 'App' },
  'mark.code': { zh: '代码', en: 'Code' },
  'mark.at': { zh: '时间（可不填）', en: 'Time, if it can be read' },
  'mark.at-hint': { zh: '如 2026-01-31 16:00', en: 'E.g. 2026-01-31 16:00' },
  'mark.find': { zh: '查找', en: 'Find' },
  'mark.found': { zh: '代码 {code} 属于', en: 'The code {code} belongs to' },
  'mark.no-openings': {
    zh: '此人在这一分钟前后没有打开卡片。代码可能读错了。',
    en: 'This person opened no card around that minute. Check the code.',
  },
  'mark.unknown': { zh: '这个应用里没有这个代码。', en: 'Nobody in this app has this code.' },
} as const satisfies Words
