import type { Words } from './words.js'

/** Words of every page: the names of the app and of the platforms, errors, a card’s status. */
export const common = {
  'app.name': { zh: '封笺', en: 'Sealcard' },

  'common.retry': { zh: '重试', en: 'Try again' },
  'common.cancel': { zh: '取消', en: 'Cancel' },
  'common.loading': { zh: '正在加载', en: 'Loading' },
  'common.more': { zh: '加载更多', en: 'Load more' },
  'common.home': { zh: '我的卡片', en: 'My cards' },
  'common.request': { zh: '编号 {id}', en: 'Reference {id}' },
  'common.retry-after': {
    zh: '请在 {n} 秒后重试。',
    en: 'Try again in {n} seconds.',
    one: 'Try again in {n} second.',
  },

  'error.unreachable': { zh: '连不上服务，请检查网络。', en: 'No connection. Check your network.' },
  'error.busy': { zh: '服务暂时不可用。', en: 'The service is not available right now.' },
  'error.rate': { zh: '操作太频繁了。', en: 'Too many requests.' },
  'error.not-found': { zh: '找不到这张卡片。', en: 'This card cannot be found.' },
  'error.login': { zh: '登录没有成功。', en: 'Signing in did not work.' },
  'error.unknown': { zh: '出了点问题。', en: 'Something went wrong.' },
  'error.input': { zh: '有内容不符合要求：{where}', en: 'Something is not accepted: {where}' },

  'status.active': { zh: '有效', en: 'Active' },
  'status.revoked': { zh: '已撤回', en: 'Revoked' },
  'status.expired': { zh: '已过期', en: 'Expired' },

  'platform.wechat': { zh: '微信', en: 'WeChat' },
  'platform.wecom': { zh: '企业微信', en: 'WeCom' },
} as const satisfies Words
