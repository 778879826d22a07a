import type { AppConfig } from '../../../core/config/config.js'
import { type PlatformError, seenAddress } from '../../../platforms/calls/platform-error.js'
import { type Said, warning, wrong } from './check.js'

type Advice = readonly [code: string, what: string, todo: string]

const SECRET: Advice = [
  'secret-wrong',
  'the platform refuses the secret',
  'Copy the secret anew from the console; a reset secret replaces the old one at once.',
]
const BUSY: Advice = [
  'quota',
  'a quota of the platform is used up',
  'Wait; find out what else uses this app’s credentials. Repeated wrong secrets close WeCom for an hour.',
]
const IP = (where: string): Advice => [
  'ip-not-allowed',
  'the platform does not allow this server’s address',
  `Add the address to the IP allow-list: ${where}. It takes about a minute.`,
]

/** WeChat W8, W9, W5. */
const WECHAT: Readonly<Record<number, Advice>> = {
  40001: SECRET,
  40125: SECRET,
  41004: SECRET,
  40013: ['appid-wrong', 'the platform knows no such appid', 'Correct the appid of this app.'],
  40164: IP('mp.weixin.qq.com, 开发管理 → 开发设置 → IP 白名单'),
  40243: [
    'secret-frozen',
    'the AppSecret is frozen',
    'Unfreeze it at mp.weixin.qq.com, 开发管理 → 开发设置.',
  ],
  45009: BUSY,
  45011: BUSY,
  48001: [
    'not-entitled',
    'the account has no right to this interface',
    'Apply for it in the console.',
  ],
  50004: ['forbidden', 'the platform forbids the token interface', 'Ask WeChat’s support.'],
  50007: ['account-frozen', 'the account is frozen', 'Unfreeze it at mp.weixin.qq.com.'],
  89503: [
    'needs-confirmation',
    'an administrator has to confirm this call',
    'Confirm it in the message that WeChat sent to the administrator.',
  ],
  89506: [
    'refused-by-administrator',
    'an administrator refused this address for 24 hours',
    'Ask the administrator.',
  ],
  89507: [
    'refused-by-administrator',
    'an administrator refused this address for an hour',
    'Ask the administrator.',
  ],
}

/** WeCom Q15. */
const WECOM: Readonly<Record<number, Advice>> = {
  40001: SECRET,
  40013: ['corpid-wrong', 'the platform knows no such corpid', 'Correct the corpid of this app.'],
  40014: [
    'token-of-another-app',
    'the mini-program is linked to another app than the one whose secret is configured',
    'Configure agentid and secret of the app that the mini-program is linked to.',
  ],
  40091: ['secret-of-another-corp', 'the secret is another corp’s', 'Correct corpid or secret.'],
  45009: BUSY,
  45033: BUSY,
  48001: [
    'not-entitled',
    'the app has no right to this interface',
    'Grant it in the admin console.',
  ],
  48002: [
    'not-entitled',
    'the app has no right to this interface',
    'Grant it in the admin console.',
  ],
  50003: ['app-disabled', 'the app is disabled', 'Enable it in the admin console.'],
  60020: IP('work.weixin.qq.com, 应用管理 → the app → 企业可信IP'),
  90206: ['not-linked', 'no mini-program is linked to this app', 'Link it in the admin console.'],
}

/** What an error of the platform's means for whoever runs the service. */
export const explainErrcode = (
  app: AppConfig,
  { operation, errcode, errmsg, rid }: PlatformError,
): Said => {
  const advice = (app.platform === 'wechat' ? WECHAT : WECOM)[errcode]
  const said = `${operation} answered ${errcode}${rid ? `, request ${rid}` : ''}`
  if (!advice) {
    const todo = 'Look the number up in the platform’s documentation.'
    return wrong('errcode', `${said}: ${errmsg}`, todo, app.id)
  }
  const [code, what, todo] = advice
  const address = seenAddress(errcode, errmsg)
  const told = `${what}${address ? `: ${address}` : ''} (${said})`
  return (code === 'quota' ? warning : wrong)(code, told, todo, app.id)
}
