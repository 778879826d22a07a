/**
 * Every page of the site, in the order of the sidebar. A page is written here in both languages (`pages/zh`, `pages/en`), or
 * is a paper of the repository (`paper`), whose halves become the two pages, or is made from the code (`made`).
 * @typedef {{ slug: string, zh: string, en: string, paper?: string, summary?: boolean, made?: string }} Page
 * @type {{ zh: string, en: string, pages: Page[] }[]}
 */
export const SECTIONS = [
  {
    zh: '开始',
    en: 'Begin',
    pages: [
      { slug: 'index', zh: '封笺 Sealcard', en: 'Sealcard' },
      { slug: 'begin/first-card', zh: '五分钟：第一张卡片', en: 'Five minutes: the first card' },
    ],
  },
  {
    zh: '小程序',
    en: 'Mini-programs',
    pages: [
      {
        slug: 'adopt/index',
        zh: '加到已有的小程序里',
        en: 'In a mini-program that exists',
        paper: 'docs/adopt/README.md',
      },
      { slug: 'adopt/taro', zh: 'Taro 4', en: 'Taro 4', paper: 'docs/adopt/taro.md' },
      { slug: 'adopt/native', zh: '原生小程序', en: 'Native', paper: 'docs/adopt/native.md' },
      { slug: 'adopt/uni-app', zh: 'uni-app', en: 'uni-app', paper: 'docs/adopt/uni-app.md' },
      {
        slug: 'adopt/web-page',
        zh: '企业微信网页（H5）',
        en: 'A web page in WeCom (H5)',
        paper: 'docs/web-page.md',
      },
    ],
  },
  {
    zh: '后端',
    en: 'Back-ends',
    pages: [
      {
        slug: 'backend/verify',
        zh: '只要判断，不要服务',
        en: 'The decision without the service',
        paper: 'docs/adopt/verify.md',
      },
      { slug: 'backend/crypto', zh: '只要密码学', en: 'The cryptography alone' },
      {
        slug: 'backend/servers',
        zh: '你的后端与封笺',
        en: 'Your back-end and Sealcard',
        paper: 'docs/servers.md',
      },
      { slug: 'backend/webhooks', zh: 'Webhook', en: 'Webhooks', paper: 'docs/webhooks.md' },
    ],
  },
  {
    zh: '平台后台',
    en: 'Consoles of the platforms',
    pages: [
      { slug: 'platforms/wechat', zh: '微信后台，逐步', en: 'WeChat’s console, step by step' },
      { slug: 'platforms/wecom', zh: '企业微信后台，逐步', en: 'WeCom’s console, step by step' },
      {
        slug: 'platforms/bots',
        zh: '智能机器人与订阅消息',
        en: 'Bots and subscription messages',
        paper: 'docs/bots.md',
      },
    ],
  },
  {
    zh: '运行',
    en: 'Run it',
    pages: [
      { slug: 'run/deploy', zh: '部署', en: 'Deploy' },
      { slug: 'run/postgresql', zh: 'PostgreSQL', en: 'PostgreSQL' },
      { slug: 'run/go-live', zh: '上线检查清单', en: 'The go-live list' },
      {
        slug: 'run/console',
        zh: '管理后台',
        en: 'The administrators’ console',
        paper: 'docs/console.md',
      },
      {
        slug: 'run/capacity',
        zh: '容量',
        en: 'Capacity',
        paper: 'docs/capacity.md',
        summary: true,
      },
      { slug: 'run/alerts/index', zh: '指标与告警', en: 'Metrics and alerts', made: 'alerts' },
    ],
  },
  {
    zh: '参考',
    en: 'Reference',
    pages: [
      { slug: 'reference/api', zh: '接口', en: 'The API', made: 'api' },
      { slug: 'reference/configuration', zh: '配置', en: 'Configuration', made: 'config' },
      { slug: 'reference/errors/index', zh: '错误码', en: 'Error codes', made: 'errors' },
      {
        slug: 'reference/errcodes',
        zh: '平台的错误码',
        en: 'Errcodes of the platforms',
        made: 'errcodes',
      },
      {
        slug: 'reference/limits',
        zh: '限制',
        en: 'Limits',
        paper: 'docs/limits.md',
        summary: true,
      },
    ],
  },
  {
    zh: '道理',
    en: 'How and why',
    pages: [
      { slug: 'why/proofs', zh: '平台怎样证明', en: 'How the platforms prove it' },
      {
        slug: 'why/truth-table',
        zh: '私密消息真值表',
        en: 'Who gets what: the truth table',
        paper: 'docs/generated/truth-table.md',
      },
      {
        slug: 'why/security',
        zh: '承诺与威胁',
        en: 'Promises and threats',
        paper: 'SECURITY.md',
        summary: true,
      },
      { slug: 'why/not', zh: '我们不做的', en: 'What we do not do' },
    ],
  },
]

export const PAGES = SECTIONS.flatMap(({ pages }) => pages)

/** @type {readonly ('zh' | 'en')[]} */
export const LANGUAGES = ['zh', 'en']

/** Chinese stands at the root. */
export const fileOf = (language, slug) => `${language === 'zh' ? '' : 'en/'}${slug}.md`
