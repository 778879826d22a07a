import type { Words } from '@sealcard/client'

/** Log-in, set-up, second factor. */
export const sessionWords = {
  'login.title': { zh: '登录管理后台', en: 'Log in to the console' },
  'login.name': { zh: '名称', en: 'Name' },
  'login.password': { zh: '密码', en: 'Password' },
  'login.totp': { zh: '动态口令（6 位数字）', en: 'One-time code (6 digits)' },
  'login.totp-hint': {
    zh: '第一次登录还没有动态口令时留空。',
    en: 'Leave it empty at the first login, before you have a second factor.',
  },
  'login.submit': { zh: '登录', en: 'Log in' },
  'login.rejected': {
    zh: '名称、密码或动态口令不对。多次失败后需要等待。',
    en: 'The name, the password or the one-time code is wrong. After several failures you have to wait.',
  },
  'login.over': { zh: '登录已结束，请重新登录', en: 'Your login is over. Log in again' },
  'login.over-hint': {
    zh: '这个页面和填写的内容都还在。',
    en: 'This page and what you typed stay.',
  },
  'login.no-account': { zh: '没有账号？', en: 'No account?' },
  'login.no-account-first': {
    zh: '第一个账号：服务第一次启动时会打印一次性链接；也可以在服务器上运行',
    en: 'The first account: the first start of the service prints a one-time link. Or run this on the server:',
  },
  'login.no-account-more': {
    zh: '其他人：请管理员在“管理员与令牌”里邀请你，用收到的一次性链接设置密码。',
    en: 'Everybody else: ask an administrator for an invitation, and set a password by its one-time link.',
  },
  'login.lost-factor': {
    zh: '忘记密码或丢了动态口令：请管理员重置账号。',
    en: 'A lost password or second factor: ask an administrator to reset the account.',
  },
  'setup.title': { zh: '开始使用封笺', en: 'Set up Sealcard' },
  'setup.step-account': { zh: '设置账号', en: 'Account' },
  'setup.step-factor': { zh: '动态口令', en: 'Second factor' },
  'setup.step-check': { zh: '检查应用', en: 'Check the apps' },
  'setup.token': { zh: '一次性令牌', en: 'One-time token' },
  'setup.token-hint': {
    zh: '来自服务的第一次启动，或管理员的邀请。只能用一次。',
    en: 'From the first start of the service, or from an invitation. It works once.',
  },
  'setup.name-hint': {
    zh: '小写字母、数字和 . _ @ -。受邀者可以留空。',
    en: 'Small letters, digits and . _ @ -. Who was invited may leave it empty.',
  },
  'setup.password': { zh: '新密码', en: 'New password' },
  'setup.password-hint': {
    zh: '至少 12 个字符，长比复杂更好。',
    en: 'At least 12 characters. Long is better than intricate.',
  },
  'setup.again': { zh: '再输入一次', en: 'Once more' },
  'setup.differ': { zh: '两次输入不一样。', en: 'The two are not the same.' },
  'setup.submit': { zh: '设置密码', en: 'Set the password' },
  'setup.rejected': {
    zh: '令牌无效、已用过或已过期。重启服务（还没有账号时）或请管理员重新邀请。',
    en: 'The token is wrong, used or over. Restart the service while it has no account, or ask for another invitation.',
  },
  'setup.apps': {
    zh: '服务里配置的应用。令牌在第一次调用平台时取得；回调在平台第一次推送后出现。',
    en: 'The apps of the configuration. A token appears at the first call of the platform, a callback at the first push.',
  },
  'setup.app-token': { zh: '已取得令牌', en: 'Has a token' },
  'setup.app-waiting': { zh: '还没有调用过平台', en: 'Has not called the platform yet' },
  'setup.app-failing': { zh: '平台调用失败：{code}', en: 'The platform’s calls fail: {code}' },
  'setup.bot-called': { zh: '机器人 {bot} 收到过回调', en: 'The bot {bot} got a callback' },
  'setup.bot-waiting': {
    zh: '机器人 {bot} 还没有收到回调',
    en: 'The bot {bot} has got no callback yet',
  },
  'setup.done': { zh: '进入管理后台', en: 'To the console' },
  'enrol.title': { zh: '设置动态口令', en: 'Get a second factor' },
  'enrol.why': {
    zh: '每个账号都要有动态口令，之前什么都不能做。',
    en: 'Every account needs one. Until then it can do nothing.',
  },
  'enrol.password': { zh: '先输入密码', en: 'Your password first' },
  'enrol.old-code': {
    zh: '现在的验证器显示的 6 位数字',
    en: 'The six digits that your authenticator shows now',
  },
  'enrol.begin': { zh: '继续', en: 'Continue' },
  'enrol.scan': {
    zh: '用验证器（如 Microsoft Authenticator、Google Authenticator）扫码，或手工输入密钥：',
    en: 'Scan this with an authenticator, or type the secret into it:',
  },
  'enrol.picture': { zh: '动态口令的二维码', en: 'QR code of the second factor' },
  'enrol.code': { zh: '验证器显示的 6 位数字', en: 'The six digits that it shows' },
  'enrol.confirm': { zh: '确认', en: 'Confirm' },
  'enrol.wrong': {
    zh: '密码或数字不对。数字每 30 秒更换，请看时间是否准确。',
    en: 'The password or the digits are wrong. They change every 30 seconds: is the clock right?',
  },
} as const satisfies Words
