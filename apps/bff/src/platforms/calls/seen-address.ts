import { isIP } from 'node:net'

/** WeChat 40164, WeCom 60020: the address of this server is not in the allow-list. */
const NOT_ALLOWED: readonly number[] = [40164, 60020]

/** The platforms name the address that they saw; a proxy or NAT may make it another than the server's own. */
export const seenAddress = (errcode: number, errmsg: string): string | undefined =>
  NOT_ALLOWED.includes(errcode)
    ? errmsg.split(/[\s,]+/).find((word) => isIP(word) !== 0)
    : undefined
