import { ARABIC, card, CARDS, LONG, readers } from './web-app-answers.js'
import { problem } from './web-app-double.js'
import type { Screen } from './web-app-screens.js'

/** Readers who came through shares with labels that are long, empty, or from right to left. */
const LABELLED = [
  { ...readers[0], share: { id: 's1', label: '财务群' } },
  { ...readers[1], share: { id: 's2', label: 'مجموعة المالية' } },
  {
    ...readers[1],
    viewer: { id: 'v3', name: LONG.slice(0, 32), nameFrom: 'self', code: '9ZZ0A1' },
    share: { id: 's3', label: 'Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww' },
  },
  {
    ...readers[1],
    viewer: { id: 'v4', name: '👩‍👩‍👧‍👦 一家', nameFrom: 'self', code: '1B2C3D' },
    share: { id: 's4' },
  },
]

/** What a sender does with cards after they were written. */
export const SENDER_SCREENS: readonly Screen[] = [
  {
    name: 'list-found',
    path: '/h5/#/',
    find: '奖金',
    answers: {
      [`GET /v1/cards?box=sent&q=${encodeURIComponent('奖金')}`]: {
        status: 200,
        body: { items: CARDS.slice(2), nextCursor: null },
      },
    },
    shows: { zh: '周末聚餐', en: '周末聚餐' },
  },
  {
    name: 'list-none',
    path: '/h5/#/',
    find: ARABIC,
    answers: {
      [`GET /v1/cards?box=sent&q=${encodeURIComponent(ARABIC)}`]: {
        status: 200,
        body: { items: [], nextCursor: null },
      },
    },
    shows: { zh: '没有符合条件的卡片', en: 'No cards match' },
  },
  {
    name: 'list-many',
    path: '/h5/#/',
    answers: {
      'GET /v1/cards?box=sent': {
        status: 200,
        body: {
          items: Array.from({ length: 120 }, (_, i) => card(`m${i}`, `第 ${i} 张`)),
          nextCursor: null,
        },
      },
    },
    press: [{ zh: '下一页', en: 'Next page' }],
    shows: { zh: '第 101 到 120 张', en: 'Cards 101 to 120' },
  },
  { name: 'edit', path: '/h5/#/edit/c2', shows: { zh: '不变（', en: 'Unchanged (' } },
  {
    name: 'edit-opened',
    path: '/h5/#/edit/c1',
    shows: { zh: '已有人打开过', en: 'It was opened, so' },
  },
  {
    name: 'edit-conflict',
    path: '/h5/#/edit/c2',
    type: [{ label: { zh: '标题', en: 'Title' }, text: '别的' }],
    answers: { 'PUT /v1/cards/c2': problem(409, 'ERR_CONFLICT') },
    press: [{ zh: '保存', en: 'Save' }],
    shows: { zh: '刚刚有人打开了', en: 'Someone has just opened' },
  },
  {
    name: 'card-extended',
    path: '/h5/#/card/c1',
    answers: { 'PUT /v1/cards/c1': { status: 200, body: CARDS[0] } },
    press: [{ zh: '+7 天', en: '+7 days' }],
    shows: { zh: '已延到', en: 'Extended to' },
  },
  {
    name: 'card-expired',
    path: '/h5/#/card/c4',
    shows: { zh: '延期后，收到过的人', en: 'Once extended' },
  },
  {
    name: 'card-labels',
    path: '/h5/#/card/c1',
    answers: {
      'GET /v1/cards/c1/openings': { status: 200, body: { items: LABELLED, nextCursor: null } },
    },
    shows: { zh: '经由“财务群”', en: 'Through “财务群”' },
  },
  {
    name: 'card-long',
    path: '/h5/#/card/c1',
    answers: {
      'GET /v1/cards/c1': {
        status: 200,
        body: card('c1', LONG.slice(0, 64), { body: `${ARABIC}\n${'一二三四五🎉'.repeat(3_300)}` }),
      },
    },
    press: [{ zh: '展开全文', en: 'Show all' }],
    shows: { zh: '已设为私密', en: 'Private: only' },
  },
  {
    name: 'card-deleting',
    path: '/h5/#/card/c1',
    press: [{ zh: '删除卡片', en: 'Delete the card' }],
    shows: { zh: '删除这张卡片？', en: 'Delete this card?' },
  },
]
