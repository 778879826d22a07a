import { problem, type Answer, type WebAppDouble } from './web-app-double.js'

const DAY = 24 * 60 * 60 * 1000
export const NOW = Date.parse('2026-01-31T08:05:00Z')
const iso = (after = 0) => new Date(NOW + after).toISOString()

const ARABIC = 'مرحبا بكم، هذه بطاقة خاصة 🎉'
const LONG =
  'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(2) + '一个很长很长的标题没有空格可以断行'

const card = (id: string, title: string, part: object = {}) => ({
  id,
  title,
  body: '你的季度奖金是 18,000 元，周五到账。请不要转告他人。',
  policy: {
    expiresAt: iso(7 * DAY),
    maxViewers: 20,
    requireAcknowledgement: true,
    watermark: true,
  },
  status: 'active',
  createdAt: iso(),
  openings: { viewers: 2, total: 3, refused: 1, firstAt: iso(), lastAt: iso() },
  ...part,
})

const CARDS = [
  card('c1', '季度奖金'),
  card('c2', ARABIC, {
    openings: { viewers: 0, total: 0, refused: 0, firstAt: null, lastAt: null },
  }),
  card('c3', LONG, { status: 'revoked', revokedAt: iso() }),
  card('c4', '👩‍👩‍👧‍👦🇨🇳 周末聚餐 🍜', { status: 'expired' }),
]

const share = {
  id: 's1',
  path: '/pages/open/index?s=s1',
  h5Url: 'https://cards.example.com/h5/o?s=s1',
  title: '季度奖金',
  declare: { platform: 'wecom', state: 'STATE' },
  createdAt: iso(),
  shareUntil: iso(7 * DAY),
  verifyUntil: iso(120 * DAY),
}

const readers = [
  {
    viewer: { id: 'v1', name: '陈默 Chen Mo', nameFrom: 'platform', code: '7Q4K2P' },
    firstAt: iso(),
    lastAt: iso(DAY),
    count: 2,
    acknowledgedAt: iso(),
  },
  {
    viewer: { id: 'v2', name: ARABIC, nameFrom: 'self', code: '0BF3VV' },
    firstAt: iso(),
    lastAt: iso(),
    count: 1,
  },
]

const opening = (part: object = {}) => ({
  id: 'o1',
  openedAt: iso(),
  sender: { id: 'v0', name: '林晓 Lin Xiao', nameFrom: 'platform', code: '3M8TXA' },
  watermark: '陈默 7Q4K2P 2026-01-31 16:05',
  card: {
    id: 'c1',
    title: '季度奖金',
    body: '你的季度奖金是 18,000 元，周五到账。请不要转告他人。',
    policy: { requireAcknowledgement: true, watermark: true, guardCapture: true },
    ...part,
  },
})

const signatures = {
  corpId: 'ww0000000000000001',
  agentId: 1000002,
  timestamp: 1_769_846_700,
  nonceStr: 'nonce',
  signature: 'a'.repeat(40),
  configSignature: 'b'.repeat(40),
}

/** What a member's API answers when all is well. */
export const fill = (double: WebAppDouble): void => {
  const ok = (line: string, body: unknown, status = 200) =>
    double.answers.set(line, { status, body })
  double.answers.clear()
  ok('GET /v1/sessions/current', {
    app: 'demo',
    kind: 'web',
    expiresAt: '2100-01-01T00:00:00Z',
    viewer: { id: 'V' },
  })
  ok('POST /v1/h5/signatures', signatures)
  ok('GET /v1/policy', { mayMakeCards: true, watermark: true, maxLifeDays: 30 })
  ok('GET /v1/cards?box=sent', { items: CARDS, nextCursor: 'more' })
  ok('GET /v1/cards?box=received', {
    items: CARDS.map(({ id, title, status, createdAt }) => ({
      id,
      title,
      status,
      createdAt,
      openedAt: iso(),
    })),
    nextCursor: null,
  })
  for (const one of CARDS) {
    ok(`GET /v1/cards/${one.id}`, one)
    ok(`GET /v1/cards/${one.id}/openings`, { items: readers, nextCursor: null })
    ok(`POST /v1/cards/${one.id}/shares`, share, 201)
  }
  ok('POST /v1/cards/c1/revoke', { ...CARDS[0], status: 'revoked', revokedAt: iso() })
  ok('POST /v1/shares/s1/openings', opening(), 201)
  ok('POST /v1/openings/o1/acknowledgement', undefined, 204)
  ok('DELETE /v1/sessions/current', undefined, 204)
}

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
  bridge?: Bridge
  /** Answers that differ from `fill`. */
  answers?: Record<string, Answer>
  /** What is there when the screen is whole. */
  shows: { zh: string; en: string }
  /** What a person does before that: buttons to press, by their names. */
  press?: { zh: string; en: string }[]
  /** Texts to fill in first, by the fields' labels. */
  type?: { label: { zh: string; en: string }; text: string }[]
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

/** Every page of the web app, in every state that a person may meet. */
export const SCREENS: readonly Screen[] = [
  { name: 'list-sent', path: '/h5/#/', shows: { zh: '季度奖金', en: '季度奖金' } },
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
  {
    name: 'refused',
    path: OPEN,
    bridge: TICKET,
    answers: refusedOpen('ERR_PROOF_REJECTED', 403),
    shows: { zh: '在这里打不开这张卡片', en: 'This card cannot be opened here' },
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
    shows: { zh: '退出登录', en: 'Sign out' },
  },
  {
    name: 'browser-card',
    path: '/h5/#/card/c1',
    client: 'browser',
    shows: { zh: '请在企业微信里打开这个页面', en: 'Open this page in WeCom to share' },
  },
]
