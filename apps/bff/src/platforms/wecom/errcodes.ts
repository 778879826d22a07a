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

const NOT_ENTITLED = notEntitled('app', 'Grant it in the admin console.')

/** WeCom Q15. */
export const wecomErrcodes: Readonly<Record<number, ErrcodeAdvice>> = {
  40001: SECRET_WRONG,
  40013: {
    code: 'corpid-wrong',
    what: 'the platform knows no such corpid',
    todo: 'Correct the corpid of this app.',
  },
  40014: {
    code: 'token-of-another-app',
    what: 'the mini-program is linked to another app than the one whose secret is configured',
    todo: 'Configure agentid and secret of the app that the mini-program is linked to.',
  },
  40091: {
    code: 'secret-of-another-corp',
    what: 'the secret is another corp’s',
    todo: 'Correct corpid or secret.',
  },
  45009: QUOTA,
  45033: QUOTA,
  48001: NOT_ENTITLED,
  48002: NOT_ENTITLED,
  50001: {
    code: 'domain-not-trusted',
    what: 'the address of the web page is not in the app’s trusted domain',
    todo: 'Enter the host of h5.origin, with its port: 应用管理 → the app → 网页授权及 JS-SDK → 可信域名.',
  },
  50003: {
    code: 'app-disabled',
    what: 'the app is disabled',
    todo: 'Enable it in the admin console.',
  },
  [NOT_ALLOWED]: ipNotAllowed('work.weixin.qq.com, 应用管理 → the app → 企业可信IP'),
  90206: {
    code: 'not-linked',
    what: 'no mini-program is linked to this app',
    todo: 'Link it in the admin console.',
  },
}
