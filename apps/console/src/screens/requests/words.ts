import type { Words } from '@sealcard/client'

export const requestsWords = {
  title: { zh: '查看申请', en: 'Requests for access' },
  lead: {
    zh: '打不开卡片的人可以向所有者申请。这里没有申请时写的话，也不能代所有者答复。',
    en: 'Who cannot open a card may ask its owner. What they wrote is not shown here, and only the owner answers.',
  },
  asker: { zh: '申请人', en: 'Asked by' },
  card: { zh: '卡片', en: 'Card' },
  'card.none': { zh: '（没有送达任何人）', en: '(it reached nobody)' },
  'card.none-hint': {
    zh: '分享不存在、属于另一个应用，或卡片就是申请人自己的。',
    en: 'There is no such share, it belongs to another app, or the card is their own.',
  },
  owner: { zh: '所有者', en: 'Owner' },
  at: { zh: '申请于', en: 'Asked' },
  state: { zh: '状态', en: 'State' },
  waiting: { zh: '等待所有者', en: 'Waits for the owner' },
  dismissed: { zh: '所有者不再显示', en: 'Put aside by the owner' },
  nobody: { zh: '未送达', en: 'Reached nobody' },
  share: { zh: '分享编号', en: "Share's id" },
  id: { zh: '申请编号', en: "Request's id" },
  'filter.card': { zh: '卡片编号', en: "Card's id" },
  'filter.viewer': { zh: '申请人编号', en: "Asker's id" },
  none: { zh: '还没有申请', en: 'There are no requests yet' },
  'none-hint': {
    zh: '有人在“打不开”的页面上申请后，会出现在这里。',
    en: 'A line appears here when somebody asks for access to a card that they cannot open.',
  },
  'not-here': {
    zh: '这条申请不在这一页。请返回列表查找。',
    en: 'This request is not on this page. Search for it in the list.',
  },
} as const satisfies Words
