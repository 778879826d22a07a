import type { Words } from '@sealcard/client'

/** What stands around every screen. */
export const shellWords = {
  brand: { zh: '封笺 Sealcard', en: 'Sealcard' },
  console: { zh: '管理后台', en: 'Console' },
  skip: { zh: '跳到内容', en: 'Skip to the content' },
  menu: { zh: '菜单', en: 'Menu' },
  'app.all': { zh: '全部应用', en: 'All apps' },
  'app.filter': { zh: '应用', en: 'App' },
  'theme.label': { zh: '外观', en: 'Appearance' },
  'theme.system': { zh: '跟随系统', en: 'As the system' },
  'theme.light': { zh: '浅色', en: 'Light' },
  'theme.dark': { zh: '深色', en: 'Dark' },
  language: { zh: '语言', en: 'Language' },
  account: { zh: '账号', en: 'Account' },
  'log-out': { zh: '退出登录', en: 'Log out' },
  'outage.title': { zh: '服务暂时没有应答', en: 'The service does not answer at the moment' },
  'outage.hint': {
    zh: '页面会自动重连，填写的内容还在。',
    en: 'The page tries again by itself. What you typed stays.',
  },
  'missing.title': { zh: '没有这个页面', en: 'There is no such page' },
  'missing.hint': { zh: '地址可能写错了。', en: 'The address may be wrong.' },
  'missing.home': { zh: '回到概览', en: 'To the overview' },
  'crash.title': { zh: '这个页面出错了', en: 'This page failed' },
  'crash.hint': {
    zh: '刷新后再试；如果还是这样，请把下面的文字交给开发者。',
    en: 'Reload it. If it fails again, give these words to a developer.',
  },
  'crash.reload': { zh: '刷新', en: 'Reload' },
} as const satisfies Words
