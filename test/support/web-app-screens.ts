import { ARABIC, DAY, iso, LONG, ME, opening } from './web-app-answers.js'
import { problem, type Answer } from './web-app-double.js'

export type Client = 'wecom' | 'wecom-3.1.7' | 'wechat' | 'browser'

export const userAgentOf = (client: Client, language: 'zh' | 'en'): string => {
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
  switch (client) {
    case 'wecom':
      return `${phone} wxwork/4.1.30 MicroMessenger/7.0.1 Language/${language}`
    case 'wecom-3.1.7':
      return `${phone} wxwork/3.1.7 MicroMessenger/7.0.1 Language/${language}`
    case 'wechat':
      return `${phone} MicroMessenger/8.0.50 NetType/WIFI Language/${language === 'zh' ? 'zh_CN' : 'en'}`
    case 'browser':
      return 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36'
  }
}

/** What the client's bridge answers to each call; `null`: never. */
export type Bridge = Record<string, object | null>

export const TICKET: Bridge = {
  getContext: { entry: 'normal', shareTicket: 'T' },
  getShareInfo: { encryptedData: 'D', iv: 'I' },
}

export interface Screen {
  name: string
  path: string
  client?: Client
  /** `none`: the client's bridge never comes. */
  bridge?: Bridge | 'none'
  /** Answers that differ from `fill`. */
  answers?: Record<string, Answer>
  /** What is there when the screen is whole. */
  shows: { zh: string; en: string }
  /** Lines to unfold first. */
  unfold?: { zh: string; en: string }[]
  /** What a person does before that: buttons to press, by their names. */
  press?: { zh: string; en: string }[]
  /** Texts to fill in first, by the fields' labels. */
  type?: { label: { zh: string; en: string }; text: string }[]
  /** What is typed into the search field. */
  find?: string
}

const refusedOpen = (code: string, status: number) => ({
  'POST /v1/shares/s1/openings': problem(status, code),
})
const OPEN = '/h5/o?s=s1&from=singlemessage&isappinstalled=0'

/** A card with few openings, before its person opens it. */
const peeked = (part: object) => ({
  'POST /v1/shares/s1/openings': {
    status: 200,
    body: {
      peek: {
        title: '季度奖金',
        sender: { id: 'v0', name: '林晓 Lin Xiao', nameFrom: 'platform', code: '3M8TXA' },
        expiresAt: iso(7 * DAY),
        requireAcknowledgement: true,
        watermark: true,
        guardCapture: true,
        ...part,
      },
    },
  },
})

/** The longest that a person may have, in three kinds. */
const NAMES = {
  name: 'Wolfeschlegelsteinhausenbergerdorff 欧阳'.slice(0, 32),
  emoji: '👩‍👩‍👧‍👦'.repeat(4) + '🍜'.repeat(4),
  rtl: ARABIC,
}

/** Every page of the web app, in every state that a person may meet. */
export const SCREENS: readonly Screen[] = [
  { name: 'list-sent', path: '/h5/#/', shows: { zh: '季度奖金', en: '季度奖金' } },
  {
    name: 'list-without-bridge',
    path: '/h5/#/',
    bridge: 'none',
    shows: { zh: '季度奖金', en: '季度奖金' },
  },
  {
    name: 'list-received',
    path: '/h5/#/received',
    shows: { zh: '要再看内容', en: 'To read one again' },
  },
  {
    name: 'list-empty',
    path: '/h5/#/',
    answers: { 'GET /v1/cards?box=sent': { status: 200, body: { items: [], nextCursor: null } } },
    shows: { zh: '还没有写过卡片', en: 'No cards yet' },
  },
  {
    name: 'list-failed',
    path: '/h5/#/',
    answers: { 'GET /v1/cards?box=sent': problem(503, 'ERR_STORAGE_UNAVAILABLE') },
    shows: { zh: '列表没有加载出来', en: 'The list did not load' },
  },
  {
    name: 'session-failed',
    path: '/h5/#/',
    answers: { 'GET /v1/sessions/current': problem(503, 'ERR_STORAGE_UNAVAILABLE') },
    shows: { zh: '服务暂时不可用', en: 'The service is not available' },
  },
  { name: 'write', path: '/h5/#/write', shows: { zh: '公司规定', en: 'Your company’s rules' } },
  {
    name: 'write-mistakes',
    path: '/h5/#/write',
    type: [
      { label: { zh: '标题', en: 'Title' }, text: LONG },
      { label: { zh: '正文', en: 'Text' }, text: `${ARABIC}\n👩‍👩‍👧‍👦 ${LONG}\n第三行` },
      { label: { zh: '最多几人看', en: 'Max. readers' }, text: 'zero' },
    ],
    press: [{ zh: '完成，去分享', en: 'Continue to share' }],
    shows: { zh: '标题最多 64 个字', en: 'The title has at most 64' },
  },
  {
    name: 'write-nobody',
    path: '/h5/#/write',
    answers: { 'GET /v1/policy': { status: 200, body: { mayMakeCards: false, watermark: false } } },
    shows: { zh: '你不能创建卡片', en: 'you cannot make cards' },
  },
  { name: 'card', path: '/h5/#/card/c1', shows: { zh: '已设为私密', en: 'Private: only' } },
  {
    name: 'card-sent',
    path: '/h5/#/card/c1',
    press: [{ zh: '分享到聊天', en: 'Share to a chat' }],
    shows: { zh: '已发送', en: 'Sent' },
  },
  {
    name: 'card-in-chat',
    path: '/h5/#/card/c1',
    bridge: { getContext: { entry: 'chat_attachment' } },
    shows: { zh: '发送到当前聊天', en: 'Send to this chat' },
  },
  {
    name: 'card-revoking',
    path: '/h5/#/card/c1',
    press: [{ zh: '撤回卡片', en: 'Revoke the card' }],
    shows: { zh: '撤回这张卡片？', en: 'Revoke this card?' },
  },
  {
    name: 'card-asked-for',
    path: '/h5/#/card/c1',
    shows: { zh: '谁想看', en: 'Who asks for access' },
  },
  {
    name: 'settings',
    path: '/h5/#/settings',
    shows: { zh: '名字由你自己填', en: 'You choose your name' },
  },
  {
    name: 'settings-directory',
    path: '/h5/#/settings',
    answers: {
      'GET /v1/me': { status: 200, body: { ...ME, nameFrom: 'platform', name: LONG.slice(0, 64) } },
    },
    unfold: [
      { zh: '记录了我的什么', en: 'What is recorded about me' },
      { zh: '哪些受保护，哪些不受', en: 'What is protected, and what is not' },
    ],
    shows: { zh: '名字来自企业通讯录', en: 'Your name comes from your company’s directory' },
  },
  {
    name: 'settings-data',
    path: '/h5/#/settings',
    client: 'browser',
    press: [
      { zh: '查看我的数据', en: 'Show my data' },
      { zh: '复制全部', en: 'Copy all' },
    ],
    shows: { zh: '6 条记录', en: '6 records' },
  },
  {
    name: 'settings-failed',
    path: '/h5/#/settings',
    answers: {
      'GET /v1/me': problem(503, 'ERR_STORAGE_UNAVAILABLE'),
      'GET /v1/me/export': problem(503, 'ERR_STORAGE_UNAVAILABLE'),
    },
    press: [{ zh: '查看我的数据', en: 'Show my data' }],
    shows: { zh: '你的资料没有加载出来', en: 'Your details did not load' },
  },
  {
    name: 'settings-erasing',
    path: '/h5/#/settings',
    press: [{ zh: '删除我的数据', en: 'Delete my data' }],
    shows: { zh: '删除你的全部数据？', en: 'Delete everything about you?' },
  },
  {
    name: 'settings-erased',
    path: '/h5/#/settings',
    press: [
      { zh: '删除我的数据', en: 'Delete my data' },
      { zh: '确认删除', en: 'Delete everything' },
    ],
    shows: { zh: '你的数据已删除', en: 'Your data is deleted' },
  },
  { name: 'card-revoked', path: '/h5/#/card/c3', shows: { zh: '已撤回', en: 'Revoked' } },
  {
    name: 'card-missing',
    path: '/h5/#/card/none',
    shows: { zh: '卡片没有加载出来', en: 'The card did not load' },
  },
  {
    name: 'card-old-client',
    path: '/h5/#/card/c1',
    client: 'wecom-3.1.7',
    shows: { zh: '这个版本不支持私密分享', en: 'This version cannot share' },
  },
  {
    name: 'card-not-set-up',
    path: '/h5/#/card/c1',
    answers: { 'POST /v1/cards/c1/shares': problem(409, 'ERR_H5_UNVERIFIED') },
    shows: { zh: '管理员还没有完成设置', en: 'not fully set up' },
  },
  {
    name: 'card-not-private',
    path: '/h5/#/card/c1',
    bridge: { setShareAttr: { err_msg: 'setShareAttr:fail', err_code: -1 } },
    shows: { zh: '没能设为私密', en: 'could not be made private' },
  },
  { name: 'opened', path: OPEN, bridge: TICKET, shows: { zh: '18,000', en: '18,000' } },
  {
    name: 'opened-acknowledged',
    path: OPEN,
    bridge: TICKET,
    press: [{ zh: '我已知悉', en: 'I acknowledge' }],
    shows: { zh: '已确认知悉', en: 'Acknowledged' },
  },
  {
    name: 'asked',
    path: `${OPEN}&c=1`,
    bridge: TICKET,
    answers: peeked({ opensLeft: 1 }),
    shows: { zh: '只能再看 1 次', en: 'one more time' },
  },
  {
    name: 'asked-long',
    path: `${OPEN}&c=1`,
    bridge: TICKET,
    answers: peeked({ title: LONG, opensLeft: 3 }),
    shows: { zh: '还可以看 3 次', en: '3 more times' },
  },
  {
    name: 'opened-long',
    path: OPEN,
    bridge: TICKET,
    answers: {
      'POST /v1/shares/s1/openings': {
        status: 201,
        body: opening({
          title: LONG,
          body: `${ARABIC}\n\n${LONG}\n👩‍👩‍👧‍👦🇨🇳🍜\n${'一行。\n'.repeat(12)}`,
        }),
      },
    },
    shows: { zh: '一个很长很长的标题', en: '一个很长很长的标题' },
  },
  ...(['name', 'emoji', 'rtl'] as const).map((kind): Screen => ({
    name: `opened-watermark-${kind}`,
    path: OPEN,
    bridge: TICKET,
    answers: {
      'POST /v1/shares/s1/openings': {
        status: 201,
        body: { ...opening(), watermark: `${NAMES[kind]} 7Q4K2P 2026-01-31 16:05` },
      },
    },
    shows: { zh: '18,000', en: '18,000' },
  })),
  {
    name: 'refused',
    path: OPEN,
    bridge: TICKET,
    answers: refusedOpen('ERR_PROOF_REJECTED', 403),
    shows: { zh: '在这里打不开这张卡片', en: 'This card cannot be opened here' },
  },
  {
    name: 'refused-asked',
    path: OPEN,
    bridge: TICKET,
    answers: refusedOpen('ERR_PROOF_REJECTED', 403),
    type: [{ label: { zh: '附言（选填）', en: 'Note (optional)' }, text: LONG.slice(0, 100) }],
    press: [{ zh: '请发送人再发给我', en: 'Ask the sender to share again' }],
    shows: { zh: '如果这张卡片存在', en: 'If this card exists' },
  },
  {
    name: 'refused-asked-too-often',
    path: OPEN,
    bridge: TICKET,
    answers: {
      ...refusedOpen('ERR_PROOF_REJECTED', 403),
      'POST /v1/shares/s1/requests': problem(429, 'ERR_RATE_LIMITED'),
    },
    press: [{ zh: '请发送人再发给我', en: 'Ask the sender to share again' }],
    shows: { zh: '每天最多申请 3 次', en: 'You can ask 3 times a day' },
  },
  {
    name: 'no-ticket',
    path: OPEN,
    shows: { zh: '请在原聊天中点击卡片打开', en: 'Open it by tapping' },
  },
  {
    name: 'revoked',
    path: OPEN,
    bridge: TICKET,
    answers: refusedOpen('ERR_CARD_REVOKED', 410),
    shows: { zh: '卡片已被撤回', en: 'The card was revoked' },
  },
  {
    name: 'no-openings-left',
    path: OPEN,
    bridge: TICKET,
    answers: refusedOpen('ERR_VIEW_LIMIT', 403),
    shows: { zh: '查看次数已用完', en: 'No openings left' },
  },
  {
    name: 'unreachable',
    path: OPEN,
    bridge: TICKET,
    answers: refusedOpen('ERR_STORAGE_UNAVAILABLE', 503),
    shows: { zh: '暂时无法确认', en: 'Cannot be checked right now' },
  },
  {
    name: 'old-client',
    path: OPEN,
    client: 'wecom-3.1.7',
    shows: { zh: '这个版本打不开私密卡片', en: 'This version cannot open' },
  },
  {
    name: 'other-company',
    path: OPEN,
    bridge: { agentConfig: { err_msg: 'agentConfig:fail', err_code: 40093 } },
    shows: { zh: '暂时不能在这里打开', en: 'Not available here' },
  },
  {
    name: 'not-signed-in',
    path: OPEN,
    answers: { 'GET /v1/sessions/current': problem(401, 'ERR_SESSION') },
    shows: { zh: '登录没有成功', en: 'Signing in did not work' },
  },
  {
    name: 'wechat',
    path: OPEN,
    client: 'wechat',
    shows: { zh: '请在企业微信里打开', en: 'Open this in WeCom' },
  },
  {
    name: 'wechat-home',
    path: '/h5/',
    client: 'wechat',
    shows: { zh: '这个页面要在企业微信', en: 'This page works in WeCom' },
  },
  {
    name: 'browser',
    path: OPEN,
    client: 'browser',
    shows: { zh: '浏览器不能证明', en: 'A browser cannot prove' },
  },
  {
    name: 'browser-sign-in',
    path: '/h5/',
    client: 'browser',
    answers: { 'GET /v1/sessions/current': problem(401, 'ERR_SESSION') },
    shows: { zh: '用企业微信登录', en: 'Sign in with WeCom' },
  },
  {
    name: 'browser-list',
    path: '/h5/',
    client: 'browser',
    shows: { zh: '季度奖金', en: '季度奖金' },
  },
  {
    name: 'browser-card',
    path: '/h5/#/card/c1',
    client: 'browser',
    shows: { zh: '请在企业微信里打开这个页面', en: 'Open this page in WeCom to share' },
  },
]
