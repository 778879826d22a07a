import type { FailureCode } from '../api/failure'

/** What each failure means to an administrator, and what to do. A code without words does not compile. */
export const failureWords = {
  ERR_INPUT: {
    zh: '填写的内容不对，请按提示修改。',
    en: 'Something that you entered is not valid. See below.',
  },
  ERR_SESSION: { zh: '登录已结束，请重新登录。', en: 'Your login is over. Log in again.' },
  ERR_LOGIN_REJECTED: {
    zh: '名称、密码或动态口令不对。',
    en: 'The name, the password or the one-time code is wrong.',
  },
  ERR_FORBIDDEN: { zh: '你的角色不允许这样做。', en: 'Your role does not allow this.' },
  ERR_NOT_FOUND: { zh: '没有找到。它可能已被删除。', en: 'Not found. It may have been deleted.' },
  ERR_CONFLICT: {
    zh: '别人刚刚改过，或同样的工作正在进行。请刷新后再试。',
    en: 'Somebody changed this, or the same work is under way. Reload and try again.',
  },
  ERR_IDEMPOTENCY: {
    zh: '同一请求的内容变了，请刷新后再试。',
    en: 'The repeated request has another body. Reload and try again.',
  },
  ERR_TOO_LARGE: { zh: '内容太长。', en: 'That is too long.' },
  ERR_MEDIA_TYPE: {
    zh: '请求的格式不对，请刷新页面。',
    en: 'The form of the request is wrong. Reload the page.',
  },
  ERR_RATE_LIMITED: { zh: '请求太多，请稍后再试。', en: 'Too many requests. Try again later.' },
  ERR_INTERNAL: {
    zh: '服务出错，请把请求编号交给运维。',
    en: 'The service failed. Give the request id to its operator.',
  },
  ERR_PLATFORM_UNAVAILABLE: {
    zh: '平台暂时没有应答，请稍后再试。',
    en: 'The platform does not answer. Try again later.',
  },
  ERR_STORAGE_UNAVAILABLE: {
    zh: '数据库暂时不可用，请稍后再试。',
    en: 'The database does not answer. Try again later.',
  },
  ERR_BFF_UNREACHABLE: { zh: '服务没有应答。', en: 'The service does not answer.' },
  ERR_H5_UNVERIFIED: {
    zh: '网页密钥尚未验证，请运行 sealcard doctor h5。',
    en: 'The keys of web pages are not verified. Run sealcard doctor h5.',
  },
  ERR_PROOF_REJECTED: { zh: '这张卡片不能在这里打开。', en: 'This card cannot be opened here.' },
  ERR_VIEW_LIMIT: { zh: '查看次数已用完。', en: 'The card has reached its view limit.' },
  ERR_CARD_REVOKED: { zh: '卡片已被收回。', en: 'The card is revoked.' },
  ERR_CARD_EXPIRED: { zh: '卡片已到期。', en: 'The card has expired.' },
  ERR_VERIFY_WINDOW_CLOSED: {
    zh: '这个分享的查看期限已过。',
    en: 'The time to open this share is over.',
  },
  ERR_SHARE_WINDOW_CLOSED: { zh: '这张卡片不能再分享。', en: 'This card can no longer be shared.' },
} as const satisfies Record<FailureCode, { zh: string; en: string }>
