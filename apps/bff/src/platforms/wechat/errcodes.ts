import {
  type ErrcodeAdvice,
  ipNotAllowed,
  notEntitled,
  QUOTA,
  SECRET_WRONG,
} from '../registry/errcode-advice.js'

/** 40029: invalid or expired; 40163: used (seen in public logs, not in W5's table); 40226: a blocked person. */
export const CODE_REFUSED: readonly number[] = [40029, 40163, 40226]

/** 40001: replaced or wrong; 40014: not a token; 42001: expired. */
export const BAD_TOKEN: readonly number[] = [40001, 40014, 42001]
export const TOKEN_REPLACED = 40001

/**
 * W30: the person accepted no further message, or switched messages off (43101), or the openid is unknown (40003). Nothing
 * but a new acceptance changes that.
 */
export const MESSAGE_REFUSED: readonly number[] = [43101, 40003]

/** 45009: too many calls. */
export const TRY_LATER: readonly number[] = [45009]

/** The address of this server is not in the allow-list. */
export const NOT_ALLOWED = 40164

/** @param zh the span in Chinese */
const refusedByAdministrator = (span: string, zh: string): ErrcodeAdvice => ({
  code: 'refused-by-administrator',
  what: `an administrator refused this address for ${span}`,
  todo: 'Ask the administrator.',
  zh: { what: `管理员在${zh}内拒绝了这个地址`, todo: '请联系管理员。' },
})

/** WeChat W8, W9, W5. */
export const wechatErrcodes: Readonly<Record<number, ErrcodeAdvice>> = {
  40001: SECRET_WRONG,
  40125: SECRET_WRONG,
  41004: SECRET_WRONG,
  40013: {
    code: 'appid-wrong',
    what: 'the platform knows no such appid',
    todo: 'Correct the appid of this app.',
    zh: { what: '平台没有这个 appid', todo: '请改正这个应用的 appid。' },
  },
  [NOT_ALLOWED]: ipNotAllowed('mp.weixin.qq.com, 开发管理 → 开发设置 → IP 白名单'),
  40243: {
    code: 'secret-frozen',
    what: 'the AppSecret is frozen',
    todo: 'Unfreeze it at mp.weixin.qq.com, 开发管理 → 开发设置.',
    zh: { what: 'AppSecret 已被冻结', todo: '请在 mp.weixin.qq.com 的“开发管理 → 开发设置”解冻。' },
  },
  40037: {
    code: 'template-unknown',
    what: 'the platform knows no such template of this mini-program',
    todo: 'Correct the ids in apps[].templates: mp.weixin.qq.com, 功能 → 订阅消息 → 我的模板.',
    zh: {
      what: '这个小程序没有这样的订阅消息模板',
      todo: '请改正 apps[].templates 中的模板编号：mp.weixin.qq.com，“功能 → 订阅消息 → 我的模板”。',
    },
  },
  41030: {
    code: 'page-unknown',
    what: 'the released version of the mini-program has no such page',
    todo: 'Release a version of the mini-program with the page pages/card/index.',
    zh: {
      what: '已发布的小程序版本没有这个页面',
      todo: '请发布含有 pages/card/index 页面的小程序版本。',
    },
  },
  45009: QUOTA,
  45011: QUOTA,
  47003: {
    code: 'template-fields',
    what: 'the template has other keywords, or takes other values',
    todo: 'Correct apps[].templates[].fields: each keyword as the console names it. The message names the keyword.',
    zh: {
      what: '模板的关键词不同，或者不接受这样的值',
      todo: '请改正 apps[].templates[].fields，每个关键词要与后台一致。错误消息里写有关键词。',
    },
  },
  48001: notEntitled('account', 'Apply for it in the console.', {
    who: '账号',
    how: '请在平台后台申请。',
  }),
  50004: {
    code: 'forbidden',
    what: 'the platform forbids the token interface',
    todo: 'Ask WeChat’s support.',
    zh: { what: '平台禁止使用获取 token 的接口', todo: '请联系微信客服。' },
  },
  50007: {
    code: 'account-frozen',
    what: 'the account is frozen',
    todo: 'Unfreeze it at mp.weixin.qq.com.',
    zh: { what: '账号已被冻结', todo: '请在 mp.weixin.qq.com 解冻。' },
  },
  89503: {
    code: 'needs-confirmation',
    what: 'an administrator has to confirm this call',
    todo: 'Confirm it in the message that WeChat sent to the administrator.',
    zh: { what: '这个调用需要管理员确认', todo: '请在微信发给管理员的消息里确认。' },
  },
  89506: refusedByAdministrator('24 hours', ' 24 小时'),
  89507: refusedByAdministrator('an hour', '一小时'),
}
