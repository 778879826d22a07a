import type { Words } from '@sealcard/client'

/** What administrators change about their own accounts. */
export const accountWords = {
  title: { zh: '我的账号', en: 'My account' },
  lead: {
    zh: '修改密码、更换动态口令。每次都要先输入密码。',
    en: 'Change your password, or replace your second factor. Each asks for your password first.',
  },
  name: { zh: '名称', en: 'Name' },
  role: { zh: '角色', en: 'Role' },
  until: { zh: '这次登录最迟结束于', en: 'This login ends at the latest' },
  'password.title': { zh: '密码', en: 'Password' },
  'password.why': {
    zh: '修改后，这个账号的其他登录全部结束，这个页面继续可用。',
    en: 'Every other login of the account ends. This page goes on.',
  },
  'password.now': { zh: '现在的密码', en: 'Current password' },
  'password.new': { zh: '新密码', en: 'New password' },
  'password.submit': { zh: '修改密码', en: 'Change the password' },
  'password.done': {
    zh: '密码已修改，其他登录已结束。',
    en: 'The password is changed. All other logins have ended.',
  },
  'password.wrong': {
    zh: '现在的密码不对。多次失败后需要等待。',
    en: 'The current password is wrong. After several failures you have to wait.',
  },
  'factor.title': { zh: '动态口令', en: 'Second factor' },
  'factor.why': {
    zh: '换手机时在这里更换。确认之前，旧的动态口令一直有效；确认之后，其他登录全部结束。',
    en: 'Replace it when you change phones. The old one counts until you confirm; then every other login ends.',
  },
  'factor.begin': { zh: '更换动态口令', en: 'Replace the second factor' },
  'factor.done': {
    zh: '动态口令已更换，其他登录已结束。',
    en: 'The second factor is replaced. All other logins have ended.',
  },
  'lost.title': { zh: '忘记密码或丢了手机', en: 'A lost password or phone' },
  'lost.other': {
    zh: '请另一位管理员重置你的账号，用收到的一次性链接重新设置密码和动态口令。',
    en: 'Ask another administrator to reset your account. You set both anew by the one-time link.',
  },
  'lost.server': {
    zh: '没有其他管理员时，在服务器上运行',
    en: 'When there is no other administrator, run this on the server:',
  },
} as const satisfies Words
