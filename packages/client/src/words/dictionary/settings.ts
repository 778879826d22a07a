import type { Words } from './words.js'

/** The page of settings: language, name, what is recorded, one’s own data, logging out. */
export const settings = {
  'settings.title': { zh: '设置', en: 'Settings' },
  'settings.link': { zh: '设置与隐私', en: 'Settings and privacy' },
  'settings.language': { zh: '语言', en: 'Language' },
  'settings.language-system': { zh: '跟随系统', en: 'System' },

  'me.title': { zh: '我是谁', en: 'Who I am to others' },
  'me.name': { zh: '名字', en: 'Name' },
  'me.code': { zh: '编号', en: 'Code' },
  'me.code-why': {
    zh: '同名的人靠它区分。名单、水印和机器人里都是它。',
    en: 'It tells people of one name apart, in lists of readers, watermarks and the bot.',
  },
  'me.no-name': { zh: '没有名字', en: 'No name' },
  'me.from-platform': {
    zh: '名字来自企业通讯录，在这里不能修改。',
    en: 'Your name comes from your company’s directory and cannot be changed here.',
  },
  'me.from-self': {
    zh: '名字由你自己填，别人会看到“（自填）”。',
    en: 'You choose your name. Others see that it is self-declared.',
  },
  'me.names-off': {
    zh: '这里不使用名字，别人只看到编号。',
    en: 'Names are not used here. Others see only your code.',
  },
  'me.remove': { zh: '不再使用名字', en: 'Remove my name' },
  'me.removed': { zh: '名字已删除', en: 'Name removed' },
  'me.failed': { zh: '你的资料没有加载出来。', en: 'Your details did not load.' },

  'recorded.title': { zh: '记录了我的什么', en: 'What is recorded about me' },
  'recorded.identity': {
    zh: '身份：平台给你的编号和你的名字（都加密保存，另有搜索用的索引）、六位编号、第一次和最近一次使用的时间。保留到你删除自己。',
    en: 'Who you are: the platform’s id and your name (both encrypted, with an index for search), your code, when you first and last came. Until you delete yourself.',
  },
  'recorded.session': {
    zh: '登录：开始和结束的时间，平台的会话密钥（加密保存）。最多 3 天。',
    en: 'Your logins: begin and end, and the platform’s session key (encrypted). At most 3 days.',
  },
  'recorded.cards': {
    zh: '你写的卡片：标题和正文加密保存，撤回或过期后 24 小时内删除；时间和规则再留 180 天。',
    en: 'Your cards: title and text are encrypted, and deleted within 24 hours of expiry or revocation. Times and rules stay 180 days more.',
  },
  'recorded.shares': {
    zh: '你的分享：标签加密保存，还有时间。不能再打开之后 30 天删除。',
    en: 'Your shares: labels (encrypted) and times. Until 30 days after they can be opened.',
  },
  'recorded.openings': {
    zh: '你打开的卡片：时间、次数、是否确认。发送人看得到。保留 180 天，卡片还能打开时一直保留。',
    en: 'Cards that you open: when, how often, acknowledged or not. Their senders see it. For 180 days, and while the card can be opened.',
  },
  'recorded.refused': {
    zh: '没有打开成功的尝试：时间和原因，保留 180 天。你确实收到过、只是来晚了时，发送人看得到是你；其他的只看到总次数。',
    en: 'Attempts that were refused: when and why, for 180 days. A sender sees you if you did receive the card but came too late; of others, only how many.',
  },
  'recorded.requests': {
    zh: '你向发送人提出的申请：附言加密保存，最多 30 天。',
    en: 'Access that you asked for: your note, encrypted, for at most 30 days.',
  },
  'recorded.notices': {
    zh: '通知：你关掉了哪些，保留到你删除自己；你同意的微信消息还剩几条，最多 180 天；给你的通知，48 小时。',
    en: 'Notices: which you switched off, until you delete yourself; how many WeChat messages you accepted, for at most 180 days; those to you, for 48 hours.',
  },
  'recorded.bot': {
    zh: '机器人：你的话和它的回答，加密保存，最多 48 小时；你的语言和上次的列表，保留到你删除自己。',
    en: 'The bot: what you told it and its answers, encrypted, for at most 48 hours; your language and last list, until you delete yourself.',
  },
  'recorded.audit': {
    zh: '操作记录：时间、内部编号、网段，长期保留。你删除自己后，内部编号不再指向任何人。',
    en: 'An audit log: time, our own ids, part of the network address. It stays; once you delete yourself, our id leads to nobody.',
  },
  'recorded.not': {
    zh: '不记录：手机号、头像、位置、通讯录和聊天内容。',
    en: 'Not recorded: phone number, picture, place, contacts, chats.',
  },

  'protection.title': { zh: '哪些受保护，哪些不受', en: 'What is protected, and what is not' },
  'protection.yes': { zh: '受保护', en: 'Protected' },
  'protection.no': { zh: '不受保护', en: 'Not protected' },
  'protection.recipients': {
    zh: '只有直接收到卡片的人，或打开时在群里的人，能看内容。转发或复制出去的打不开。',
    en: 'Only a direct recipient, or a current member of the group, can read a card. A forwarded copy does not open.',
  },
  'protection.sealed': {
    zh: '标题和正文加密保存。管理员后台不显示正文。',
    en: 'Title and text are stored encrypted. Administrators’ pages never show the text.',
  },
  'protection.revoke': {
    zh: '撤回或过期后，任何人都不能再打开。',
    en: 'Once revoked or expired, nobody can open it any more.',
  },
  'protection.closed': {
    zh: '网络或服务出问题时，卡片保持关闭。',
    en: 'When the network or the service fails, cards stay closed.',
  },
  'protection.photo': {
    zh: '收到的人可以用另一部手机拍下屏幕，抄下来，或念给别人听。水印只能说明照片来自谁的手机。',
    en: 'A recipient can photograph the screen, copy the words by hand or read them out. A watermark only tells whose phone it was.',
  },
  'protection.unlocked': {
    zh: '谁拿到你没锁的手机，谁就能看你能看的卡片。',
    en: 'Whoever holds your unlocked phone can read what you can read.',
  },
  'protection.platform': {
    zh: '谁收到了卡片，由微信或企业微信证明。它们的运营方如果作假，我们看不出来。',
    en: 'WeChat or WeCom proves who received a card. If its operator proved something false, we could not tell.',
  },
  'protection.operator': {
    zh: '掌握这台服务器和密钥的人，在技术上能读到内容。',
    en: 'Whoever holds this server and its keys could technically read the words.',
  },
  'protection.read': {
    zh: '已经看过的内容收不回来。',
    en: 'What was read stays read.',
  },

  'data.title': { zh: '我的数据', en: 'My data' },
  'data.why': {
    zh: '服务保存的关于你的全部内容，包括你写的卡片。',
    en: 'Everything that the service holds about you, with the words of your own cards.',
  },
  'data.get': { zh: '查看我的数据', en: 'Show my data' },
  'data.getting': { zh: '正在取回…', en: 'Fetching…' },
  'data.summary': {
    zh: '{n} 条记录，取自 {time}',
    en: '{n} records, as of {time}',
    one: '{n} record, as of {time}',
  },
  'data.rows': { zh: '{n} 条', en: '{n}' },
  'data.copy': { zh: '复制全部', en: 'Copy all' },
  'data.copied': { zh: '已复制', en: 'Copied' },
  'data.copy-failed': {
    zh: '没有复制成功：内容太长，或这里不允许复制。',
    en: 'It was not copied. It is too long, or copying is not allowed here.',
  },

  'erase.button': { zh: '删除我的数据', en: 'Delete my data' },
  'erase.question': { zh: '删除你的全部数据？', en: 'Delete everything about you?' },
  'erase.effect': {
    zh: '马上删除：你的身份、名字和登录，你写的卡片内容，这些卡片谁也不能再打开。会留下：别人卡片上“有人看过”的记录和操作记录，里面只剩不指向你的编号。用掉的次数不会恢复。删除后不能找回。',
    en: 'Deleted at once: who you are, your name and logins, and the words of your cards, which nobody can open any more. What stays: that somebody opened a card of others, and the audit log, both under an id that leads to nobody. Used openings stay used. This cannot be undone.',
  },
  'erase.confirm': { zh: '确认删除', en: 'Delete everything' },
  'erase.erasing': { zh: '正在删除…', en: 'Deleting…' },
  'erase.failed': { zh: '没有删除成功：', en: 'Nothing was deleted:' },

  'session.out': { zh: '退出登录', en: 'Sign out' },
  'session.out-question': { zh: '退出登录？', en: 'Sign out?' },
  'session.out-effect': {
    zh: '卡片都还在。这台设备上没写完的草稿会删除。',
    en: 'Your cards stay. An unfinished draft on this device is deleted.',
  },
  'session.out-confirm': { zh: '确认退出', en: 'Yes, sign out' },
  'session.out-failed': {
    zh: '没有退出成功，请再试一次。',
    en: 'You are still signed in. Try again.',
  },
  'session.is-out': { zh: '已退出登录', en: 'You are signed out' },
  'session.is-out-why': {
    zh: '登录后可以看到你的卡片。点开聊天里的卡片也会登录。',
    en: 'Sign in to see your cards. Tapping a card in a chat signs you in, too.',
  },
  'session.is-erased': { zh: '你的数据已删除', en: 'Your data is deleted' },
  'session.is-erased-why': {
    zh: '你也已退出登录。以后再登录，就是一位新用户。',
    en: 'You are signed out, too. If you sign in again, you start as a new user.',
  },
  'session.in': { zh: '登录', en: 'Sign in' },
} as const satisfies Words
