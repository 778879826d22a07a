import { createHash } from 'node:crypto'
import { HOME } from './page-paths.js'
import type { LoginFault } from './web-login.service.js'

type Language = 'zh' | 'en'
type Words = Record<'title' | 'back' | LoginFault, string>

const WORDS: Record<Language, Words> = {
  zh: {
    title: '没有登录成功',
    failed:
      '登录没有完成。请关闭此页，从企业微信的聊天中重新打开；如果仍然不行，请在系统设置中允许 Cookie。',
    'not-a-member': '这里只对本企业的成员开放。请确认企业微信当前登录的是这家企业。',
    blocked: '管理员已停用你的账号，不能登录。如有疑问，请联系管理员。',
    'too-many': '登录过于频繁，请稍后再试。',
    unavailable: '企业微信暂时没有应答，请稍后再试。',
    back: '再试一次',
  },
  en: {
    title: 'You are not logged in',
    failed:
      'The login did not finish. Close this page and open it again from the chat in WeCom. If that does not help, allow cookies.',
    'not-a-member':
      'Only members of this company have access. Check which company WeCom is logged in to.',
    blocked:
      'An administrator blocked your account, so you cannot log in. Ask your administrator about it.',
    'too-many': 'Too many logins. Try again later.',
    unavailable: 'WeCom does not answer now. Try again later.',
    back: 'Try again',
  },
}

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;margin:0 auto;max-width:32em;padding:15vh 24px 24px}h1{font-size:20px;margin:0}p{margin:8px 0 24px}a{color:inherit}'

const section = (language: Language, fault: LoginFault): string => {
  const words = WORDS[language]
  const lang = language === 'zh' ? 'zh-CN' : 'en'
  return `<section lang="${lang}"><h1>${words.title}</h1><p>${words[fault]}</p></section>`
}

/** What a login that came to nothing shows: no script, nothing of the request, in both languages. */
export const loginPage = (fault: LoginFault): string =>
  [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${WORDS.zh.title} · ${WORDS.en.title}</title><style>${STYLE}</style></head><body><main>`,
    section('zh', fault),
    section('en', fault),
    // Who is no member stays none, and who is blocked stays blocked.
    fault === 'not-a-member' || fault === 'blocked'
      ? ''
      : `<p><a href="${HOME}">${WORDS.zh.back} · ${WORDS.en.back}</a></p>`,
    '</main></body></html>',
  ].join('')

export const LOGIN_PAGE_CSP = `default-src 'none';style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}';base-uri 'none';form-action 'none';frame-ancestors 'none'`

export const LOGIN_STATUS: Record<LoginFault, number> = {
  failed: 403,
  'not-a-member': 403,
  blocked: 403,
  'too-many': 429,
  unavailable: 503,
}
