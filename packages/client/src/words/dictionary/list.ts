import type { Words } from './words.js'

/** The lists of cards. */
export const list = {
  'list.title': { zh: '我的卡片', en: 'My cards' },
  'list.sent': { zh: '我发出的', en: 'Sent' },
  'list.received': { zh: '我收到的', en: 'Received' },
  'list.write': { zh: '写一张卡片', en: 'Write a card' },
  'list.viewers': { zh: '{n} 人已看', en: 'Opened by {n}' },
  'list.nobody': { zh: '还没有人看', en: 'Not opened yet' },
  'list.opened-at': { zh: '{time} 打开', en: 'Opened {time}' },
  'list.sent-at': { zh: '{time} 写', en: 'Written {time}' },
  'list.empty-sent': { zh: '还没有写过卡片', en: 'No cards yet' },
  'list.empty-sent-hint': {
    zh: '写一张，分享到聊天里，只有收到的人能打开。',
    en: 'Write one and share it into a chat. Only those who receive it can open it.',
  },
  'list.empty-received': { zh: '还没有收到卡片', en: 'Nothing received yet' },
  'list.empty-received-hint': {
    zh: '在聊天里点开一张卡片，就会记在这里。',
    en: 'Cards that you open in a chat are listed here.',
  },
  'list.received-hint': {
    zh: '要再看内容，请回到原聊天点击卡片。',
    en: 'To read one again, tap it in its chat.',
  },
  'list.not-shared': { zh: '还没有分享', en: 'Not shared yet' },
  'list.shared': { zh: '已分享', en: 'Shared' },
  'list.search': { zh: '搜索标题', en: 'Search titles' },
  'list.search-hint': { zh: '至少两个字', en: 'At least two characters' },
  'list.status': { zh: '状态', en: 'Status' },
  'list.status-all': { zh: '全部', en: 'All' },
  'list.none': { zh: '没有符合条件的卡片', en: 'No cards match' },
  'list.none-hint': { zh: '换一个词，或清除筛选。', en: 'Try other words, or clear the filter.' },
  'list.clear': { zh: '清除筛选', en: 'Clear the filter' },
  'list.sheet': { zh: '第 {from} 到 {to} 张', en: 'Cards {from} to {to}' },
  'list.sheet-before': { zh: '上一页', en: 'Previous page' },
  'list.sheet-after': { zh: '下一页', en: 'Next page' },
  'list.failed': { zh: '列表没有加载出来', en: 'The list did not load' },
} as const satisfies Words
