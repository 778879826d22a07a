/** What one errcode means, and what to do. The doctor prints the English words; the console shows either. */
export interface ErrcodeAdvice {
  /** Stable, for a program that reads the JSON form: `ip-not-allowed`. */
  readonly code: string
  readonly what: string
  readonly todo: string
  /** The same in Chinese. */
  readonly zh: { readonly what: string; readonly todo: string }
  /** It passes by itself. */
  readonly passes?: boolean
}

export const SECRET_WRONG: ErrcodeAdvice = {
  code: 'secret-wrong',
  what: 'the platform refuses the secret',
  todo: 'Copy the secret anew from the console; a reset secret replaces the old one at once.',
  zh: {
    what: '平台不接受这个 secret',
    todo: '从平台后台重新复制 secret；重置之后旧的立即失效。',
  },
}

export const QUOTA: ErrcodeAdvice = {
  code: 'quota',
  what: 'a quota of the platform is used up',
  todo: 'Wait; find out what else uses this app’s credentials. Repeated wrong secrets close WeCom for an hour.',
  zh: {
    what: '平台的调用额度已用完',
    todo: '请等待，并查明还有谁在使用这个应用的凭证。secret 反复出错时，企业微信会停用接口一小时。',
  },
  passes: true,
}

/** @param where in which console the allow-list is */
export const ipNotAllowed = (where: string): ErrcodeAdvice => ({
  code: 'ip-not-allowed',
  what: 'the platform does not allow this server’s address',
  todo: `Add the address to the IP allow-list: ${where}. It takes about a minute.`,
  zh: {
    what: '平台不允许这台服务器的 IP 地址',
    todo: `把地址加入 IP 白名单：${where}。约一分钟后生效。`,
  },
})

/** @param how where the right is given @param zh both in Chinese */
export const notEntitled = (
  who: string,
  how: string,
  zh: { readonly who: string; readonly how: string },
): ErrcodeAdvice => ({
  code: 'not-entitled',
  what: `the ${who} has no right to this interface`,
  todo: how,
  zh: { what: `${zh.who}没有这个接口的权限`, todo: zh.how },
})
