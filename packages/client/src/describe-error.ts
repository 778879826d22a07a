import { BffError, BffUnreachable, PlatformError } from '@sealcard/kit'
import type { Translate } from './words/translate.js'

/** A failure as people read it. */
export interface Trouble {
  text: string
  requestId: string | null
}

export const describeError = (error: unknown, t: Translate): Trouble => {
  if (error instanceof BffUnreachable) return { text: t('error.unreachable'), requestId: null }
  if (isFailedLogin(error)) return { text: t('error.login'), requestId: null }
  if (!(error instanceof BffError)) return { text: t('error.unknown'), requestId: null }
  const { requestId } = error
  const wait =
    error.retryAfter === null ? '' : ` ${t('common.retry-after', { n: error.retryAfter })}`
  return { text: sentence(error, t) + wait, requestId }
}

/** `login` or `qy.login`: the platform gave no code. */
const isFailedLogin = (error: unknown) =>
  error instanceof PlatformError && (error.fault === 'login' || error.api.endsWith('login'))

const sentence = ({ code, issues }: BffError, t: Translate): string => {
  switch (code) {
    case 'ERR_NOT_FOUND':
      return t('error.not-found')
    case 'ERR_INPUT':
    case 'ERR_TOO_LARGE':
      return t('error.input', { where: issues.map(({ path }) => path).join(', ') || code })
    case 'ERR_RATE_LIMITED':
      return t('error.rate')
    case 'ERR_SESSION':
    case 'ERR_LOGIN_REJECTED':
      return t('error.login')
    case 'ERR_CONFLICT':
      return t('edit.conflict')
    case 'ERR_CARD_REVOKED':
      return t('status.revoked')
    case 'ERR_CARD_EXPIRED':
      return t('status.expired')
    default:
      return t('error.busy')
  }
}
