/** Each key of the config file: `[default, meaning in Chinese, meaning in English]`. `–` stands for: must be there, or none. */
export const CONFIG = {
  'apps[].id': [
    '–',
    '我们给它的名字：1 至 64 个字母、数字、`-`、`_`',
    'our name for it: 1–64 letters, digits, `-`, `_`',
  ],
  'apps[].platform': ['–', '`wechat` 或 `wecom`', '`wechat` or `wecom`'],
  'apps[].appid': ['–', '微信：`wx` 加 16 位十六进制', 'WeChat: `wx` and 16 hex digits'],
  'apps[].corpid': ['–', '企业微信：企业 ID', 'WeCom: the corp'],
  'apps[].agentid': ['–', '企业微信：应用的 AgentId', 'WeCom: the number of the app in the corp'],
  'apps[].secret': ['–', '应用的 secret', 'the app’s secret'],
  'apps[].apiBase': [
    '平台的 / the platform’s',
    '平台接口的地址，可以带路径前缀',
    'the address of the platform’s API; may carry a path prefix',
  ],
  'apps[].unofficialApiBase': [
    '`false`',
    '生产环境里 `apiBase` 不是平台官方地址时写 `true`',
    '`true` in production for an `apiBase` that is not the platform’s',
  ],
  'apps[].proxy': [
    '环境变量的 / the environment’s',
    '这个应用的调用走的代理，是机密；`none` 直接连',
    'the proxy of this app’s calls, a secret; `none`: directly',
  ],
  'apps[].names': [
    '`platform` / `self`',
    '人的名字从哪里来；`off`：不取、不存、不显示',
    'where people’s names come from; `off`: none is fetched, stored or shown',
  ],
  'apps[].timeZone': ['`Asia/Shanghai`', '给人看的时间用的时区', 'of times that people read'],
  'apps[].openPath': [
    '`/pages/open/index`',
    '小程序里打开卡片的页面',
    'the page of your mini-program that opens cards',
  ],
  'apps[].cardPath': [
    '`/pages/card/index`',
    '小程序里给主人看卡片的页面（`?id=`）',
    'the page that shows a card to its owner, by `?id=`',
  ],
  'apps[].homePath': [
    '`/pages/index/index`',
    '小程序里列出自己卡片的页面',
    'the page that lists one’s own cards',
  ],
  'apps[].login': [
    '`platform`',
    '`server`：由你的后端换登录码，再交接',
    '`server`: your back-end exchanges the codes and hands logins over',
  ],
  'apps[].webhooks': [
    '–',
    '得知发生了什么的服务器，最多十个',
    'servers that are told what happens, at most ten',
  ],
  'apps[].templates': ['–', '微信订阅消息的模板', 'WeChat’s subscription templates'],
  'apps[].h5.origin': ['–', '企业微信网页的地址', 'where the web page in WeCom is'],
  'apps[].h5.keyDerivation': [
    '`unverified`',
    '由 `sealcard doctor h5` 得出',
    'what `sealcard doctor h5` says',
  ],
  'apps[].h5.verifyFile': [
    '–',
    '企业微信校验域名的文件：`name` 与 `content`',
    'the file by which WeCom proves whose the domain is: `name` and `content`',
  ],
  'apps[].h5.authorizeBase': [
    '企业微信的 / WeCom’s',
    '网页授权页的地址',
    'where WeCom’s page of authorization is',
  ],
  'apps[].h5.webLoginBase': [
    '企业微信的 / WeCom’s',
    '扫码登录页的地址',
    'where WeCom’s page of log-in by QR code is',
  ],
  'bots[].id': [
    '–',
    '我们给它的名字，回调地址里用它',
    'our name for it, which its callback’s address has',
  ],
  'bots[].app': ['–', '企业微信应用的 `id`', 'the `id` of a WeCom app'],
  'bots[].aibotid': ['–', '写了就核对', 'checked when given'],
  'bots[].token': ['–', '与后台填的相同', 'as entered in the console'],
  'bots[].encodingAesKey': [
    '–',
    '与后台填的相同，43 个字符',
    'as entered in the console, 43 characters',
  ],
  'bots[].receiveId': ['空 / empty', '企业自己的机器人留空', 'empty for an enterprise’s own bot'],
  'bots[].miniProgramAppid': [
    '–',
    '卡片与按钮打开的小程序',
    'the mini-program that cards and buttons open',
  ],
  'bots[].previous': ['–', '换密钥时，从前的密钥', 'the keys before these, while they change'],
  'bots[].notices': [
    '–',
    '主人收到哪些提醒，`by` 哪种方式',
    'which notices an owner gets, and `by` which way',
  ],
  'windows.shareDays': [
    '7',
    '一次声明可以分享多少天',
    'for how many days a declared share may be sent',
  ],
  'windows.verifyDays': ['120', '它的证明多少天内有效', 'for how many days a proof of it counts'],
  'receipts.issuer': ['`sealcard`', '凭证里的 `iss`', 'the claim `iss` of receipts'],
  'receipts.keyDays': ['30', '一把签名密钥用多少天', 'for how many days a key signs'],
  'platformCalls.timeoutMs': [
    '3000',
    '平台调用一次的时限，毫秒',
    'one try of a call to the platform, in milliseconds',
  ],
  'platformCalls.breakerMs': [
    '3000',
    '熔断后等多久再试，毫秒',
    'how long an open breaker waits, in milliseconds',
  ],
  'limits.loginsPerPersonPerMinute': ['6', '每人每分钟登录', 'logins of a person in a minute'],
  'limits.loginsPerAddressPerMinute': [
    '600',
    '每个地址每分钟登录',
    'logins from an address in a minute',
  ],
  'limits.rejectedProofsPerSession': [
    '10',
    '十分钟内被拒的证明，之后会话结束',
    'refused proofs within 10 minutes; then the session ends',
  ],
  'limits.rejectedProofsPerPersonPerHour': [
    '30',
    '每人每小时被拒的证明',
    'refused proofs of a person in an hour',
  ],
  'limits.serverRequestsPerTokenPerMinute': [
    '6000',
    '`server` 令牌每分钟的请求',
    'requests of a `server` token in a minute',
  ],
  'limits.cardsPerPersonPerMinute': [
    '30',
    '每人每分钟写的卡片',
    'cards that a person makes in a minute',
  ],
  'limits.cardsPerPersonPerDay': [
    '500',
    '每人 24 小时写的卡片',
    'cards that a person makes within 24 hours',
  ],
  'limits.sharesPerPersonPerMinute': [
    '60',
    '每人每分钟新的分享',
    'new shares of a person in a minute',
  ],
  'limits.openingsPerPersonPerMinute': [
    '120',
    '每人每分钟的打开',
    'openings of a person in a minute',
  ],
  'limits.adminGuessesPerMinute': [
    '30',
    '没登录过的浏览器每分钟合计猜密码',
    'guesses in a minute of all browsers that never logged in',
  ],
  'limits.requestsPerAddressPerSecond': [
    '200',
    '每个地址每秒的请求',
    'requests from an address in a second',
  ],
  'limits.requestsAtOnce': [
    '16',
    '一个进程同时处理的请求',
    'requests that one process does at once',
  ],
  'limits.requestsWaiting': ['1000', '排队的请求', 'requests that wait'],
  'limits.bodyBytes': ['65536', '最长的请求体，字节', 'the longest body, in bytes'],
  'log.level': [
    '`info`',
    '`debug`、`info`、`warn` 或 `error`',
    '`debug`, `info`, `warn` or `error`',
  ],
  'metrics.host': [
    '–',
    '指标自己的地址；写了之后服务本身没有 `/metrics`',
    'an address of the metrics’ own; then the service itself has no `/metrics`',
  ],
  'metrics.port': ['–', '指标自己的端口', 'the port of the metrics'],
  'cors.origins': [
    '–',
    '哪些网页的来源可以调用接口；从不带 Cookie',
    'origins whose pages may call the API; never with cookies',
  ],
  trustedProxies: [
    '–',
    '哪些地址写的 `X-Forwarded-For` 算数；`[]` 是没有代理',
    'whose `X-Forwarded-For` counts; `[]`: there is no proxy',
  ],
}

/** Each environment variable, in the same form. */
export const ENVIRONMENT = {
  SEALCARD_CONFIG: ['–', '配置文件', 'the config file'],
  SEALCARD_KEYRING: [
    '–',
    '`编号:32 字节的 base64`，第一把封存，每一把都能打开',
    '`id:base64 of 32 bytes`; the first seals, every one opens',
  ],
  SEALCARD_ADMIN_TOKEN: [
    '–',
    '角色 admin 的令牌，32 至 512 个可打印字符',
    'a token of the role admin, 32 to 512 printable characters',
  ],
  SEALCARD_KEYRING_FILE: [
    '–',
    '内容是 `SEALCARD_KEYRING` 的文件',
    'a file that holds `SEALCARD_KEYRING`',
  ],
  SEALCARD_ADMIN_TOKEN_FILE: [
    '–',
    '内容是 `SEALCARD_ADMIN_TOKEN` 的文件',
    'a file that holds `SEALCARD_ADMIN_TOKEN`',
  ],
  DATABASE_URL_FILE: ['–', '内容是 `DATABASE_URL` 的文件', 'a file that holds `DATABASE_URL`'],
  DATABASE_URL: [
    '`sqlite:./data/sealcard.sqlite`',
    '数据库；也可以是 `postgres://…`',
    'the database; also `postgres://…`',
  ],
  HOST: ['`127.0.0.1`', '监听的地址', 'the address to listen on'],
  PORT: ['`3000`', '监听的端口', 'the port to listen on'],
  HTTPS_PROXY: [
    '–',
    '访问平台的代理；`HTTP_PROXY`、`NO_PROXY` 同样有效',
    'the proxy to the platforms; `HTTP_PROXY` and `NO_PROXY` count, too',
  ],
  NODE_ENV: [
    '`development`',
    '`production` 拒绝模拟器的地址与示例密钥',
    '`production` refuses simulators’ addresses and sample keys',
  ],
  SEALCARD_CLOCK_FILE: [
    '–',
    '只在开发时：模拟器的时间',
    'in development alone: the simulator’s time',
  ],
  SEALCARD_CONSOLE: ['`apps/console/dist`', '管理后台的文件夹', 'the folder of the console'],
  SEALCARD_HELP: ['`apps/docs/dist`', '这份文档的文件夹', 'the folder of this documentation'],
  SEALCARD_WEB: ['`apps/web/dist`', '网页的文件夹', 'the folder of the web page'],
}
