import type { Phone } from '../contract.js'
import type { Settings } from './settings.js'

/** Compares `3.1.10` and `3.1.8` by their numbers; missing parts are 0. */
export const versionBefore = (version: string, other: string): boolean => {
  const [a, b] = [version, other].map((text) => text.split('.').map((part) => parseInt(part, 10)))
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i++) {
    const [x, y] = [a?.[i] || 0, b?.[i] || 0]
    if (x !== y) return x < y
  }
  return false
}

/** Q1: the private-message APIs, and the refusal to forward private cards, came with WeCom 3.1.8. */
export const WECOM_PRIVATE_SINCE = '3.1.8'

/** For WeChat, which version began to refuse is UNCONFIRMED: `wechat.forwardRefusedSince`. */
export const refusesForwarding = (
  { client, version }: Pick<Phone, 'client' | 'version'>,
  { wechat }: Settings,
): boolean =>
  !versionBefore(version, client === 'wecom' ? WECOM_PRIVATE_SINCE : wechat.forwardRefusedSince)
