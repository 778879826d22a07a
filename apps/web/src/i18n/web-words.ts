import type { Words } from '@sealcard/client'

/** What only the web page says. Everything else is in the dictionary that it shares with the mini-program. */
export const webWords = {
  'nav.boxes': { zh: '卡片列表', en: 'Lists of cards' },
  'nav.back': { zh: '返回', en: 'Back' },

  'elsewhere.title': { zh: '请在企业微信里打开', en: 'Open this in WeCom' },
  'elsewhere.wechat': {
    zh: '这是企业微信的私密卡片。微信不能证明你收到了它，所以在这里打不开。',
    en: 'This is a private card of WeCom. WeChat cannot prove that you received it, so it does not open here.',
  },
  'elsewhere.wechat-app': {
    zh: '这个页面要在企业微信里使用。',
    en: 'This page works in WeCom.',
  },
  'elsewhere.browser': {
    zh: '浏览器不能证明你收到了这张卡片，所以在这里打不开。',
    en: 'A browser cannot prove that you received this card, so it does not open here.',
  },
  'elsewhere.member': {
    zh: '如果你是这家企业的成员：请在企业微信里收到卡片的聊天中点击它。',
    en: 'If you belong to this company: tap the card in its chat in WeCom.',
  },
  'elsewhere.customer': {
    zh: '如果你只用微信：请发送人改用微信小程序发给你（企业开通了才有）。',
    en: 'If you only use WeChat: ask the sender to use the mini-program in WeChat, where the company has one.',
  },
  'elsewhere.chat': {
    zh: '打开企业微信，在收到卡片的聊天里点击它。',
    en: 'Open WeCom and tap the card in its chat.',
  },
  'elsewhere.setting': {
    zh: '如果企业微信把链接交给了浏览器：在它的设置里改回用企业微信打开网页。',
    en: 'If WeCom hands links to the browser: change that in its settings.',
  },
  'elsewhere.own': { zh: '看我自己的卡片', en: 'See my own cards' },

  'sign-in.title': { zh: '登录', en: 'Sign in' },
  'sign-in.why': {
    zh: '登录后可以写卡片，也能看到你发出和收到的卡片。打开别人发的卡片，要在企业微信里。',
    en: 'Sign in to write cards and to see those that you sent or received. Cards of others open in WeCom.',
  },
  'sign-in.with-wecom': { zh: '用企业微信登录', en: 'Sign in with WeCom' },
  'sign-in.failed': { zh: '登录没有成功', en: 'Signing in did not work' },
  'sign-in.failed-why': {
    zh: '企业微信没有让你登录，或者这里不保存 Cookie。',
    en: 'WeCom did not sign you in, or cookies are not kept here.',
  },
  'sign-in.again': { zh: '再登录一次', en: 'Sign in again' },

  'link.leave': { zh: '离开这里，前往 {host}？', en: 'Leave for {host}?' },
  'link.go': { zh: '前往', en: 'Go there' },

  'share.menu': {
    zh: '也可以用右上角的菜单转发。',
    en: 'The menu at the top right forwards it, too.',
  },
  'share.to-this-chat': { zh: '发送到当前聊天', en: 'Send to this chat' },
  'share.sending': { zh: '正在发送…', en: 'Sending…' },
  'share.sent': { zh: '已发送', en: 'Sent' },
  'share.sent-at': { zh: '{time} 已发送', en: 'Sent {time}' },
  'share.sent-for': { zh: '{time} 已发送：{label}', en: 'Sent {time}: {label}' },
  'share.failed': { zh: '没有发出去，请再试一次。', en: 'It was not sent. Please try again.' },
  'share.show-title': { zh: '在聊天里显示标题', en: 'Show the title in the chat' },
  'share.show-title-hint': {
    zh: '关闭时，聊天里只显示“一张私密卡片”。',
    en: 'When off, the chat shows only “A private card”.',
  },
  'share.card-title': { zh: '一张私密卡片', en: 'A private card' },
  'share.card-text': { zh: '只有收到的人能打开', en: 'Only those who receive it can open it' },

  'doctor.title': { zh: '网页体检', en: 'Check of the web page' },
  'doctor.ready': {
    zh: '把这个页面发给一位同事，由对方从聊天里打开。结果显示在运行体检的终端里。',
    en: 'Send this page to a colleague, who opens it from the chat. The terminal of the doctor shows the result.',
  },
  'doctor.share': { zh: '发给同事', en: 'Send to a colleague' },
  'doctor.share-text': { zh: '请点开一次', en: 'Please open it once' },
  'doctor.sent': {
    zh: '请对方从聊天里点开它。',
    en: 'Ask them to open it from the chat.',
  },
  'doctor.given': { zh: '样本已收到', en: 'The sample arrived' },
  'doctor.given-why': {
    zh: '可以关闭此页。结果显示在运行体检的终端里。',
    en: 'You can close this page. The terminal of the doctor shows the result.',
  },
  'doctor.sdk': { zh: 'SDK 版本 {version}。', en: 'SDK {version}.' },
  'doctor.blocked': {
    zh: '页面的 CSP 拦下了：{what}。',
    en: 'The page’s policy (CSP) refused: {what}.',
  },
  'doctor.closed': { zh: '现在没有体检', en: 'No doctor waits now' },
  'doctor.closed-why': {
    zh: '管理员运行 sealcard doctor h5 之后，用它给出的新链接打开。',
    en: 'An administrator runs sealcard doctor h5, which prints another link.',
  },

  'data.save': { zh: '保存为文件', en: 'Save as a file' },
  'data.no-file': {
    zh: '企业微信里的网页不能保存文件：可以复制，或在浏览器里登录后保存。',
    en: 'A page in WeCom cannot save files. Copy it, or sign in with a browser and save it there.',
  },
  'protection.screenshot-page': {
    zh: '网页不能阻止截屏，也不会通知发送人。',
    en: 'A web page cannot block screenshots. No sender is told of one.',
  },
  'protection.title-page': {
    zh: '打开“在聊天里显示标题”后，聊天里的每个人都看得到标题。',
    en: 'With “Show the title in the chat” on, everybody in the chat sees the title.',
  },

  'guard.none': {
    zh: '网页不能防截屏；这一项只对小程序有效。',
    en: 'A web page cannot hinder screenshots. This only works in the mini-program.',
  },
} as const satisfies Words
