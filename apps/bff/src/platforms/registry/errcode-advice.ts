/** What one errcode means, and what to do. The doctor prints it. */
export interface ErrcodeAdvice {
  /** Stable, for a program that reads the JSON form: `ip-not-allowed`. */
  readonly code: string
  readonly what: string
  readonly todo: string
  /** It passes by itself. */
  readonly passes?: boolean
}

export const SECRET_WRONG: ErrcodeAdvice = {
  code: 'secret-wrong',
  what: 'the platform refuses the secret',
  todo: 'Copy the secret anew from the console; a reset secret replaces the old one at once.',
}

export const QUOTA: ErrcodeAdvice = {
  code: 'quota',
  what: 'a quota of the platform is used up',
  todo: 'Wait; find out what else uses this app’s credentials. Repeated wrong secrets close WeCom for an hour.',
  passes: true,
}

/** @param where in which console the allow-list is */
export const ipNotAllowed = (where: string): ErrcodeAdvice => ({
  code: 'ip-not-allowed',
  what: 'the platform does not allow this server’s address',
  todo: `Add the address to the IP allow-list: ${where}. It takes about a minute.`,
})

/** @param how where the right is given */
export const notEntitled = (who: string, how: string): ErrcodeAdvice => ({
  code: 'not-entitled',
  what: `the ${who} has no right to this interface`,
  todo: how,
})
