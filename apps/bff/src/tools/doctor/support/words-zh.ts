import type { WebhookFailure } from '@sealcard/protocol'
import type { Cause } from '../../../bots/registry/cause.js'

/** A finding in Chinese, without the figures and names that its English words have. */
export interface ChineseWords {
  readonly what: string
  readonly todo?: string
}

/** What a callback was refused for. */
type RefusedCode = `refused-${Cause}`
type WebhookCode = `not-delivered-${WebhookFailure}`

const ANYBODY = '任何人都能发这样的请求：机器人能正常回复成员，就不用处理。'
const DATABASE_URL = '更正 DATABASE_URL。'
const COPY_KEYS = '从机器人的管理页面重新复制 Token 和 EncodingAESKey。'
const RESTORE = '停止服务，原样保留数据库文件及其 -wal、-shm，再恢复最近的备份。'
const NTP = '用 NTP 校时（timedatectl set-ntp true）；期限和回调都依赖时间。'
const ROOM = '请清理磁盘。'
const RECEIVER = '检查接收方：它要验证签名，并在 10 秒内应答 2xx。'

const refused: Record<RefusedCode, ChineseWords> = {
  'refused-query': {
    what: '有回调被拒：msg_signature、timestamp、nonce（echostr）缺失、重复或格式不对',
    todo: `让各级网关原样传递查询参数。${ANYBODY}`,
  },
  'refused-time': {
    what: '有回调被拒：时间戳与本机时钟相差超过 300 秒',
    todo: `每台机器都用 NTP 校时；网关不要滞留回调。${ANYBODY}`,
  },
  'refused-address': {
    what: '有较长的回调被拒：来自一分钟内发过 100 次假回调的地址',
    todo: `在 trustedProxies 中写明代理，以免他人与平台共用一个地址。${ANYBODY}`,
  },
  'refused-body': {
    what: '有回调被拒：正文不是含 encrypt 的 JSON，或超过 256 KiB',
    todo: `这个地址只能填给智能机器人，不能填给应用的回调（XML）；网关要原样传递正文。${ANYBODY}`,
  },
  'refused-bot': { what: '有回调被拒：地址里没有对应的机器人', todo: '在管理后台更正回调地址。' },
  'refused-signature': {
    what: '有回调被拒：签名不符',
    todo: `从机器人的管理页面重新复制 Token。如果一致，就是网关改了查询参数（+ 变成空格）。${ANYBODY}`,
  },
  'refused-key': {
    what: '有回调被拒：签名相符，内容解不开',
    todo: '从机器人的管理页面重新复制 EncodingAESKey。',
  },
  'refused-receiveid': {
    what: '有回调被拒：内容解开了，但接收方不同',
    todo: '更正 receiveId：企业自己的机器人应为空。',
  },
  'refused-aibotid': {
    what: '有回调被拒：内容真实，但属于另一个机器人',
    todo: '更正或删除 aibotid，或让每个机器人用自己的地址。',
  },
  'refused-corpid': {
    what: '有回调被拒：内容真实，但成员属于另一家企业',
    todo: '如果是你们自己的成员，更正应用的 corpid；否则把机器人移出那家企业。',
  },
}

const undelivered = (todo: string, why: string): ChineseWords => ({
  what: `测试消息没有送达：${why}`,
  todo,
})

const notDelivered: Record<WebhookCode, ChineseWords> = {
  'not-delivered-private': undelivered(
    '填公网地址；接收方在内网时设置 "allowPrivate": true。',
    '地址是内网地址',
  ),
  'not-delivered-redirect': undelivered('直接填跳转后的地址。', '接收方要求跳转'),
  'not-delivered-name': undelivered('更正 url 的主机名，或这台机器的 DNS。', '主机名无法解析'),
  'not-delivered-tls': undelivered(
    '更新接收方的证书，证书名称须与 url 的主机名一致。',
    '证书或加密不被接受',
  ),
  'not-delivered-proxy': undelivered('让代理放行这个主机，或写进 NO_PROXY。', '代理拒绝'),
  'not-delivered-refused': undelivered(RECEIVER, '连接不上'),
  'not-delivered-timeout': undelivered(RECEIVER, '10 秒内没有应答'),
  'not-delivered-reset': undelivered(RECEIVER, '连接中断'),
  'not-delivered-gone': undelivered(RECEIVER, '接收方应答 410，不再接收'),
  'not-delivered-status': undelivered(RECEIVER, '接收方没有应答 2xx'),
}

/** Every code of the doctor in Chinese, but those of the platforms' errcodes, which bring their own words. */
export const WORDS_ZH = {
  ...refused,
  ...notDelivered,
  read: { what: '配置已读' },
  mistake: { what: '配置有误', todo: '更正它；其余没有检查，服务也无法启动。' },
  'no-result': { what: '限时之内没有结果', todo: '先看它询问的对象是否应答，再重新体检。' },
  'check-failed': { what: '这项检查没有做成', todo: '重新体检；保留这一行原文。' },
  none: { what: '没有（未配置，或没有发生）' },

  'config-without-secrets': { what: '配置文件里没有明文密钥' },
  'config-private': { what: '配置文件含有密钥，只有所有者可读' },
  'config-readable': {
    what: '配置文件含有明文密钥，这台机器上的其他人可以读',
    todo: '执行 chmod 600，或把密钥写成 { "env": 变量名 }。',
  },
  production: { what: '以生产方式运行' },
  development: {
    what: '以开发方式运行，会接受示例密钥和模拟器',
    todo: '成员使用的环境请设置 NODE_ENV=production。',
  },
  'unofficial-api-base': {
    what: '这个应用的调用（包括其中的密钥）发往别的主机，而不是平台',
    todo: '确认这个主机是你们的；否则删除 apiBase 和 unofficialApiBase。',
  },
  'not-for-production': {
    what: '这样的配置不能用于生产',
    todo: '成员使用之前更正：NODE_ENV=production 时服务不会启动。',
  },
  'sample-key': { what: '这把密钥是示例', todo: '用 openssl rand -base64 32 生成一把。' },
  version: { what: 'Node 版本合适' },
  'version-old': { what: 'Node 版本太旧', todo: '安装 Node 20.19 或更新的版本。' },
  named: { what: '已写明受信任的代理' },
  'too-wide': {
    what: '几乎所有主机都算作代理：任何客户端都能自称任何地址，按地址的限制失效',
    todo: '只写代理自己的地址。',
  },
  'none-behind-proxy': {
    what: '只在本机监听，却没有受信任的代理：所有成员同为一个地址，一个陌生人就能用完限额',
    todo: '把反向代理写进 trustedProxies（在本机时写 "127.0.0.1"），并让它设置 X-Forwarded-For；没有代理就写 []。',
  },

  keys: { what: 'Token 和 EncodingAESKey 格式正确' },
  'keys-wrong': {
    what: '机器人的密钥不可用：Token 为 1 到 32 位字母数字，EncodingAESKey 为 43 位',
    todo: COPY_KEYS,
  },
  'previous-endless': {
    what: '机器人的旧密钥一直有效，没有期限',
    todo: '填写 previous.until，或删除 previous。',
  },
  'previous-overdue': { what: '机器人的旧密钥已过期限', todo: '删除这个机器人的 previous。' },
  notices: { what: '通知以应用消息发出' },
  'notices-none': {
    what: '配置了以应用消息发通知，却一种也没有开启',
    todo: '在 notices 中开启一种，或删除 notices.by。',
  },

  reachable: { what: '有应答' },
  token: { what: '能取得 access_token，并接受来自这台服务器的登录' },
  busy: { what: '平台繁忙', todo: '稍后重新体检。' },
  'no-sense': {
    what: '平台的接口没有应答',
    todo: '检查服务器与平台之间是否有代理或登录页，apiBase 是否正确。',
  },
  errcode: { what: '平台应答了错误码', todo: '在平台文档中查这个错误码。' },
  proxy: {
    what: '代理没有接通平台',
    todo: '检查 HTTPS_PROXY 或应用的 proxy、用户名和密码，并让代理放行这个主机。',
  },
  dns: {
    what: '平台的主机名无法解析',
    todo: '检查 apiBase 的主机名和本机的 DNS（/etc/resolv.conf）。',
  },
  tls: {
    what: '平台的证书不可信',
    todo: '如果有解密 TLS 的代理，把它的证书写进 NODE_EXTRA_CA_CERTS，或让这个主机绕过它。',
  },
  connect: {
    what: '连接不上平台',
    todo: '放行到该主机 443 端口的出站连接；检查防火墙、路由和代理。',
  },
  delivered: { what: '测试消息已送达' },

  engine: { what: '读取 SQLite 的组件无法加载', todo: '重新安装依赖；原文说明了原因。' },
  'in-memory': {
    what: '数据库在内存中，服务停止后全部丢失',
    todo: '把 DATABASE_URL 设为 sqlite:<文件> 或 postgres://…。',
  },
  unreadable: { what: '数据库文件无法读取', todo: '更正 DATABASE_URL，或文件与上级目录的权限。' },
  damaged: { what: '数据库文件已损坏', todo: RESTORE },
  'no-file': {
    what: '还没有数据库文件，服务第一次启动时创建',
    todo: '启动服务；如果以前运行过，更正 DATABASE_URL。',
  },
  'not-owner': {
    what: '数据库文件属于另一个用户',
    todo: '用文件的所有者运行服务和这些命令，否则新生成的文件会把服务挡在外面。',
  },
  'readable-by-others': {
    what: '这台机器上的其他人可以读数据库文件',
    todo: '对数据库文件及同名的 -wal、-shm 执行 chmod 600。',
  },
  wal: { what: '预写日志（WAL）已开启' },
  'not-wal': {
    what: '文件不是 WAL 方式：服务没有在它上面运行过，或被其他工具重建过',
    todo: '启动一次服务；数据库的其余部分没有检查。',
  },
  'not-looked-through': { what: '没有逐页检查（需要几分钟）；勾选“彻底检查”即可' },
  whole: { what: '每一页都完好' },
  'folder-read-only': {
    what: '这个用户不能在数据库的目录里写',
    todo: '把目录交给运行服务的用户。',
  },
  'folder-blocked': {
    what: '数据库的目录无法创建：上级不是目录，或不能查看',
    todo: '更正 DATABASE_URL，或上级目录的权限。',
  },
  'no-folder': { what: '数据库的目录还不存在' },
  'network-file-system': {
    what: '数据库在网络文件系统上：WAL 只能用于一台机器',
    todo: '把文件放在本机磁盘上，或改用 PostgreSQL。',
  },
  'not-lasting': {
    what: '数据库在临时存储上：应答过的卡片不会留存',
    todo: '把文件放在持久的磁盘上。',
  },
  'disk-full': { what: '磁盘将满，写入即将失败', todo: ROOM },
  'disk-low': { what: '磁盘空间不多', todo: ROOM },
  disk: { what: '磁盘空间足够' },

  unreachable: { what: '数据库打不开', todo: `${DATABASE_URL}原文说明了原因。` },
  newer: {
    what: '数据库属于更新的版本',
    todo: '运行更新的版本，或恢复升级之前的备份。',
  },
  'not-durable': {
    what: '数据库的设置不保证提交后的内容留存',
    todo: '按原文打开对应的设置。',
  },
  'torn-pages': {
    what: 'full_page_writes 已关闭：机器崩溃可能永久损坏一页',
    todo: '设为 on；文件系统整页写入（如 ZFS）时除外。',
  },
  durable: { what: '先写入磁盘，再应答' },
  'migrations-pending': { what: '有迁移还没有运行', todo: '启动服务，它会运行迁移。' },
  drift: { what: '表结构与这个版本不一致', todo: '撤销手工改动，或恢复备份。' },
  migrated: { what: '全部迁移已运行' },
  writable: { what: '可以写入' },
  'lost-write': {
    what: '提交过的一行随后读不到',
    todo: '检查连接是否指向只读副本，或经过会拆分连接的连接池。',
  },
  'read-only': {
    what: '数据库不接受写入',
    todo: '检查磁盘是否已满、是否只读挂载或副本、是否有其他进程占用锁。',
  },
  'clock-skew': { what: '本机时钟不准', todo: NTP },
  'time-went-back': {
    what: '最新的审计记录在未来：时间倒退过',
    todo: '每台机器都用 NTP 校时。到了那个时间，服务才会恢复应答。',
  },
  forward: { what: '没有来自未来的记录' },

  'head-broken': {
    what: '审计链的末端与签名不符，可能被改动',
    todo: '保留数据库副本，用日志里的检查点运行 sealcard audit verify（--expect），查明是谁改动的。',
  },
  heads: { what: '审计链的末端都与签名相符' },
  'key-unused': {
    what: '这把旧密钥下已没有任何内容',
    todo: '没有备份需要它之后，从 SEALCARD_KEYRING 删除。',
  },
  primary: { what: '全部内容都在第一把密钥下' },
  'key-missing': {
    what: '有内容由密钥环里没有的密钥封存',
    todo: '把缺少的密钥放回 SEALCARD_KEYRING 的末尾；keys rewrap 会列出它们。',
  },
  'key-replaced': {
    what: '这个名称的密钥解不开它封存的内容：它是同名的另一把密钥',
    todo: '放回原来的密钥，给新密钥另起名称。',
  },
  'rewrap-due': {
    what: '还有内容在这把旧密钥下',
    todo: '运行 sealcard keys rewrap，再删除这把密钥。',
  },
} as const satisfies Readonly<Record<string, ChineseWords>>

export type DoctorCode = keyof typeof WORDS_ZH

/** @returns undefined for a code of a platform's, which brings its own words */
export const inChinese = (code: string): ChineseWords | undefined =>
  (WORDS_ZH as Readonly<Record<string, ChineseWords>>)[code]
