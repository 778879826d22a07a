import {
  type ErrcodeAdvice,
  ipNotAllowed,
  notEntitled,
  QUOTA,
  SECRET_WRONG,
} from '../registry/errcode-advice.js'

/**
 * 40029: used, expired or of another app; 42003: expired; 42022: used; 50002, 60011: outside the app's visible range;
 * 60111: no such member.
 */
export const CODE_REFUSED: readonly number[] = [40029, 42003, 42022, 50002, 60011, 60111]
/** The app may not see the member (60011, 50002), there is none (60111), or it may not ask (48001, 48002). */
export const NO_NAME: readonly number[] = [48001, 48002, 50002, 60011, 60111]
/** Ours, for a member of another corp. WeCom has no such errcode. */
export const OTHER_CORP = 0

/** 40001: replaced or wrong; 40014: not a token; 42001: expired. */
export const BAD_TOKEN: readonly number[] = [40001, 40014, 42001]

/** 45009: too many calls; 45033: too many at once. */
export const TRY_LATER: readonly number[] = [45009, 45033]

/** The address of this server is not in the allow-list. */
export const NOT_ALLOWED = 60020

const NOT_ENTITLED = notEntitled('app', 'Grant it in the admin console.', {
  who: '应用',
  how: '请在企业微信管理后台授权。',
})

/** WeCom Q15. */
export const wecomErrcodes: Readonly<Record<number, ErrcodeAdvice>> = {
  40001: SECRET_WRONG,
  40013: {
    code: 'corpid-wrong',
    what: 'the platform knows no such corpid',
    todo: 'Correct the corpid of this app.',
    zh: { what: '平台没有这个 corpid', todo: '请改正这个应用的 corpid。' },
  },
  40014: {
    code: 'token-of-another-app',
    what: 'the mini-program is linked to another app than the one whose secret is configured',
    todo: 'Configure agentid and secret of the app that the mini-program is linked to.',
    zh: {
      what: '小程序关联的是另一个应用，不是配置里 secret 所属的应用',
      todo: '请配置小程序所关联应用的 agentid 与 secret。',
    },
  },
  40091: {
    code: 'secret-of-another-corp',
    what: 'the secret is another corp’s',
    todo: 'Correct corpid or secret.',
    zh: { what: '这个 secret 属于另一家企业', todo: '请改正 corpid 或 secret。' },
  },
  45009: QUOTA,
  45033: QUOTA,
  48001: NOT_ENTITLED,
  48002: NOT_ENTITLED,
  50001: {
    code: 'domain-not-trusted',
    what: 'the address of the web page is not in the app’s trusted domain',
    todo: 'Enter the host of h5.origin, with its port: 应用管理 → the app → 网页授权及 JS-SDK → 可信域名.',
    zh: {
      what: '网页的地址不在应用的可信域名中',
      todo: '请填写 h5.origin 的主机名（带端口）：“应用管理 → 应用 → 网页授权及 JS-SDK → 可信域名”。',
    },
  },
  50003: {
    code: 'app-disabled',
    what: 'the app is disabled',
    todo: 'Enable it in the admin console.',
    zh: { what: '应用已停用', todo: '请在企业微信管理后台启用。' },
  },
  [NOT_ALLOWED]: ipNotAllowed('work.weixin.qq.com, 应用管理 → the app → 企业可信IP'),
  90206: {
    code: 'not-linked',
    what: 'no mini-program is linked to this app',
    todo: 'Link it in the admin console.',
    zh: { what: '这个应用没有关联小程序', todo: '请在企业微信管理后台关联。' },
  },
}
