import type { Words } from './words.js'

/** Opening a card that somebody sent, and why it does not open. */
export const open = {
  'open.title': { zh: '私密卡片', en: 'Private card' },
  'open.opening': { zh: '正在确认你是收件人…', en: 'Checking that you are a recipient…' },
  'open.recorded': {
    zh: '发送人会看到你打开过，以及时间和次数。',
    en: 'The sender sees that you opened it, when and how often.',
  },
  'open.until': { zh: '可看到 {time}', en: 'Can be read until {time}' },
  'open.left': { zh: '还可以打开 {n} 次。', en: 'Openings left: {n}.' },
  'open.left-none': {
    zh: '这是最后一次。离开后就不能再打开了。',
    en: 'This was the last opening. Once you leave, you cannot open it again.',
  },
  'open.ask-once': {
    zh: '这张卡片只能再看 1 次，现在看？',
    en: 'This card can be read one more time. Read it now?',
  },
  'open.ask-times': {
    zh: '这张卡片还可以看 {n} 次，现在看？',
    en: 'This card can be read {n} more times. Read it now?',
  },
  'open.ask': { zh: '现在看这张卡片？', en: 'Read this card now?' },
  'open.ask-none': {
    zh: '你的次数已用完。',
    en: 'You have used all your openings.',
  },
  'open.now': { zh: '现在看', en: 'Read it now' },
  'open.later': { zh: '以后再看', en: 'Not now' },
  'open.will-record': {
    zh: '打开后，发送人会看到时间和次数。',
    en: 'The sender will see when and how often you open it.',
  },
  'open.will-acknowledge': {
    zh: '发送人请你看完后确认知悉。',
    en: 'The sender asks you to acknowledge it.',
  },
  'open.watermark-is': {
    zh: '画面上的水印是你的标识和打开时间。照片流出时，能看出来自谁的手机。',
    en: 'The watermark is your mark and the time. A photo of it tells whose phone it came from.',
  },
  'open.will-watermark': {
    zh: '画面上会有水印：你的标识和打开时间。',
    en: 'It will carry a watermark with your mark and the time.',
  },
  'open.guarded': { zh: '已开启防截屏。', en: 'Screenshots are blocked where possible.' },
  'open.burns': { zh: '{time} 后，文字从屏幕上消失。', en: 'The words vanish in {time}.' },
  'open.copy': { zh: '可以复制文字。', en: 'You may copy the text.' },
  'open.opened-at': { zh: '{time} 打开', en: 'Opened {time}' },
  'open.acknowledge': { zh: '我已知悉', en: 'I acknowledge' },
  'open.acknowledging': { zh: '正在确认…', en: 'Confirming…' },
  'open.acknowledged': { zh: '已确认知悉', en: 'Acknowledged' },
  'open.acknowledge-failed': {
    zh: '没有确认成功，请再试一次。',
    en: 'That did not work. Please try again.',
  },
  'open.own': { zh: '这是你自己发的卡片', en: 'This is your own card' },
  'open.own-why': {
    zh: '正在打开它的详情页。这次不计入打开次数。',
    en: 'Its page opens now. This does not count as an opening.',
  },
  'open.own-go': { zh: '看这张卡片', en: 'See the card' },
  'open.help': { zh: '可以这样做', en: 'What you can do' },

  'refusal.not-recipient': { zh: '在这里打不开这张卡片', en: 'This card cannot be opened here' },
  'refusal.not-recipient-why': {
    zh: '只有直接收到卡片的人，或此刻在群里的人，才能打开。',
    en: 'Only its direct recipient, or a current member of the group, can open it.',
  },
  'refusal.no-ticket': {
    zh: '请在原聊天中点击卡片打开',
    en: 'Open it by tapping the card in its chat',
  },
  'refusal.no-ticket-why': {
    zh: '这样进入时，{platform}没有带来收件凭据，所以无法确认你是收件人。',
    en: 'Opened this way, {platform} brings no proof that you received it.',
  },
  'refusal.revoked': { zh: '卡片已被撤回', en: 'The card was revoked' },
  'refusal.revoked-why': { zh: '发送人收回了这张卡片。', en: 'Its sender took it back.' },
  'refusal.expired': { zh: '卡片已过期', en: 'The card has expired' },
  'refusal.expired-why': { zh: '它的有效期已经结束。', en: 'It is past its expiry date.' },
  'refusal.window-closed': { zh: '这次分享已经结束', en: 'This share is over' },
  'refusal.window-closed-why': {
    zh: '分享太久的卡片不能再验证收件人。',
    en: 'Recipients of a share this old can no longer be verified.',
  },
  'refusal.view-limit': { zh: '查看次数已用完', en: 'No openings left' },
  'refusal.view-limit-why': {
    zh: '发送人限制了可以看的人数或次数。',
    en: 'The sender limited how many people, or how often.',
  },
  'refusal.opens-used': { zh: '你的查看次数已用完', en: 'You have no openings left' },
  'refusal.opens-used-why': {
    zh: '发送人限制了每个人可以看的次数。',
    en: 'The sender limited how often each person can open it.',
  },
  'refusal.places-taken': { zh: '可看的人数已满', en: 'All places are taken' },
  'refusal.places-taken-why': {
    zh: '发送人限制了可以看的人数，别人已经先看了。',
    en: 'The sender limited how many people can open it, and others came first.',
  },
  'refusal.rate-limited': { zh: '试得太频繁了', en: 'Too many attempts' },
  'refusal.rate-limited-why': { zh: '请稍等一会儿再试。', en: 'Wait a little, then try again.' },
  'refusal.unreachable': { zh: '暂时无法确认', en: 'Cannot be checked right now' },
  'refusal.unreachable-why': {
    zh: '网络或服务暂时不通，和你是不是收件人无关。',
    en: 'The network or the service does not answer; that says nothing about you.',
  },
  'refusal.unsupported': {
    zh: '这个版本打不开私密卡片',
    en: 'This version cannot open private cards',
  },
  'refusal.unsupported-why': {
    zh: '请先升级{platform}。',
    en: 'Please update {platform} first.',
  },
  'refusal.setup': { zh: '暂时不能在这里打开', en: 'Not available here right now' },
  'refusal.setup-why': {
    zh: '{platform}没有认可这个页面，和你是不是收件人无关。',
    en: '{platform} did not accept this page; that says nothing about you.',
  },

  'help.tap-card': {
    zh: '回到收到卡片的聊天，点击卡片本身。',
    en: 'Go back to the chat where you received it and tap the card itself.',
  },
  'help.not-recent': {
    zh: '不要从“最近使用”、收藏或别人的转发打开。',
    en: 'Do not open it from recent items, favourites or a forwarded copy.',
  },
  'help.account': {
    zh: '确认用的是收到卡片的那个账号。',
    en: 'Make sure this is the account that received it.',
  },
  'help.group': {
    zh: '如果是群里的卡片，确认你还在那个群里。',
    en: 'If it was sent to a group, make sure you are still in it.',
  },
  'help.same-client': {
    zh: '企业微信发的卡片要在企业微信里打开，微信发的在微信里打开。',
    en: 'A card from WeCom opens in WeCom; one from WeChat opens in WeChat.',
  },
  'help.wecom-customer': {
    zh: '如果对方用的是企业微信，而你用微信：请对方改用手机微信发给你。',
    en: 'If the sender uses WeCom and you use WeChat: ask for it to be sent from WeChat on a phone.',
  },
  'help.from-phone': {
    zh: '请发送人在手机上重新分享（电脑上发出的打不开）。',
    en: 'Ask the sender to share it again from a phone; cards sent from a computer do not open.',
  },
  'help.ask-sender': { zh: '请发送人重新发一张。', en: 'Ask the sender for a new one.' },
  'help.own': {
    zh: '如果是你自己发的，请在“我的卡片”里查看。',
    en: 'If you sent it yourself, see it under My cards.',
  },
  'help.network': { zh: '检查网络，然后重试。', en: 'Check your network, then try again.' },
  'help.company': {
    zh: '如果你加入了多个企业，请先切换到发送人所在的企业。',
    en: 'If you belong to several companies, switch to the sender’s company first.',
  },
  'help.administrator': {
    zh: '如果还是不行，请告诉管理员。',
    en: 'If it stays like this, tell an administrator.',
  },
  'help.update': {
    zh: '升级到最新版本后，从聊天里再打开。',
    en: 'Update, then open it from the chat.',
  },
} as const satisfies Words
