import type { Words } from '@sealcard/client'

/** What only the mini-program says. Everything else is in the dictionary that it shares with the web page. */
export const miniWords = {
  'write.guard-hint': {
    zh: '安卓和鸿蒙可防截屏与录屏；苹果手机只能防录屏，不能防截屏。',
    en: 'Android and HarmonyOS: screenshots and recordings. iPhone: recordings only.',
  },
  'write.made': { zh: '卡片已写好', en: 'The card is ready' },
  'write.made-why': {
    zh: '只是没能打开它的页面。它在“我的卡片”里。',
    en: 'Only its page did not open. You find it under My cards.',
  },

  'link.title': { zh: '链接到 {host}', en: 'Link to {host}' },
  'link.why': {
    zh: '小程序打不开外面的网页。请复制地址，到浏览器里打开。',
    en: 'A mini-program cannot open other pages. Copy the address, and open it in a browser.',
  },
  'link.copy': { zh: '复制地址', en: 'Copy the address' },

  'label.tapped': { zh: '{time} 点过分享', en: 'Share tapped {time}' },
  'label.tapped-for': { zh: '{time} 点过分享：{label}', en: 'Share tapped {time}: {label}' },

  'protection.screenshot': {
    zh: '苹果手机不能阻止截屏。安卓和鸿蒙上可以，前提是系统支持。截屏了，也不会通知发送人。',
    en: 'iPhones cannot block screenshots. Android and HarmonyOS can, where the system supports it. No sender is told of a screenshot.',
  },
  'protection.chat-title': {
    zh: '分享后，聊天里的每个人都看得到卡片标题。',
    en: 'Once shared, everybody in the chat sees the title of the card.',
  },

  'name.ask': { zh: '填个名字？', en: 'Add your name?' },
  'name.ask-sender': {
    zh: '收到卡片的人就知道是谁发的。',
    en: 'Readers of your cards then see who sent them.',
  },
  'name.ask-reader': {
    zh: '发送人就知道是你看过。',
    en: 'The sender then sees that it was you who read this.',
  },
  'name.ask-note': {
    zh: '可以不填，不填就不再问。别人会看到这是自填的名字。',
    en: 'You can skip this; then you are not asked again. Others see that the name is self-declared.',
  },
  'name.skip': { zh: '不填', en: 'Skip' },

  'notice.and': { zh: '、', en: ', ' },
  'subscribe.offer': { zh: '用微信通知我', en: 'Tell me by WeChat' },
  'subscribe.what': {
    zh: '可选：{events}时通知你。每同意一次，微信只发一条。',
    en: 'Optional: WeChat tells you when {events}. It sends one message each time that you agree.',
  },
  'subscribe.done': { zh: '会通知你：{events}。', en: 'You will be told when {events}.' },
  'subscribe.none': {
    zh: '没有订阅。分享不受影响。',
    en: 'You will get no message. Sharing works all the same.',
  },
  'subscribe.failed': {
    zh: '没有订阅成功，分享不受影响。如果你关掉了订阅消息，可以在右上角菜单的设置里打开。',
    en: 'That did not work; sharing works all the same. If you turned such messages off, the menu at the top right has the setting.',
  },
} as const satisfies Words
