import type { Words } from './words.js'

/** Asking for access, who asked, and messages about a card. */
export const requests = {
  'ask.title': { zh: '想看这张卡片？', en: 'Need access?' },
  'ask.note': { zh: '附言（选填）', en: 'Note (optional)' },
  'ask.why': {
    zh: '发送人会看到你的名字或编号、时间和附言。',
    en: 'The sender sees your name or code, the time and your note.',
  },
  'ask.send': { zh: '请发送人再发给我', en: 'Ask the sender to share again' },
  'ask.sending': { zh: '正在发送…', en: 'Sending…' },
  'ask.sent': {
    zh: '如果这张卡片存在，发送人会看到你的申请。是否再发给你，由对方决定。',
    en: 'If this card exists, its sender will see that you asked. Whether to share it again is up to them.',
  },
  'ask.limit': {
    zh: '每天最多申请 3 次，今天的用完了。可以明天再试，或直接联系发送人。',
    en: 'You can ask 3 times a day, and today’s are used. Try tomorrow, or contact the sender.',
  },
  'ask.too-long': { zh: '附言最多 {max} 个字符。', en: 'A note has at most {max} characters.' },

  'notice.opened': { zh: '有人打开', en: 'somebody opens it' },
  'notice.requested': { zh: '有人申请查看', en: 'somebody asks for access' },
  'notice.refused': { zh: '有人打不开', en: 'somebody is refused' },
  'notice.expiring': { zh: '快要过期', en: 'it is about to expire' },
  'notices.title': { zh: '通知我', en: 'Tell me about my card when' },
  'notices.why': {
    zh: '由应用在聊天里通知你。关闭后，以后的事不再通知。',
    en: 'The app tells you in a chat. Switched off, it says nothing of what happens from then on.',
  },
  'notices.failed': { zh: '没有保存成功，请再试一次。', en: 'It was not saved. Please try again.' },

  'requests.title': { zh: '谁想看', en: 'Who asks for access' },
  'requests.hint': {
    zh: '要让对方看到，请把卡片再分享给对方。只有编号或自填名字时，先确认是谁。',
    en: 'To give access, share the card with them again. First make sure who it is: a code or a self-declared name proves little.',
  },
  'requests.hint-ended': {
    zh: '这张卡片现在不能分享。要让对方看到，请复制成新卡片再分享。只有编号或自填名字时，先确认是谁。',
    en: 'This card can no longer be shared. To give access, duplicate it and share the copy. First make sure who it is: a code or a self-declared name proves little.',
  },
  'requests.at': { zh: '{time} 申请', en: 'Asked {time}' },
  'requests.share': { zh: '再分享一次', en: 'Share again' },
  'requests.dismiss': { zh: '忽略', en: 'Dismiss' },
  'requests.dismiss-who': { zh: '忽略 {who}', en: 'Dismiss {who}' },
} as const satisfies Words
