import type { Place } from './place.js'

/** OpenSSL's names for a chain that ends in no certificate that is trusted here. */
const UNTRUSTED =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA|CERT_REVOKED|CERT_REJECTED)$/

const TRUST =
  'Give the file of its authority as sslmode=verify-full&sslrootcert=<file>. (sslmode=no-verify encrypts without asking who answers.)'

/** Why the server's certificate is not taken. */
export const certificateTrouble = (
  code: string,
  { host }: Place,
): readonly [what: string, todo: string] | undefined => {
  if (UNTRUSTED.test(code)) return [`the server's certificate is not trusted (${code})`, TRUST]
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      `the server's certificate is not for ${host} (${code})`,
      'Name the host as the certificate does, or have one made that names this host.',
    ]
  }
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) {
    return [
      `the server's certificate is not valid at this time (${code})`,
      'Renew it; check the clock of this machine.',
    ]
  }
  if (/^(ERR_SSL_\w+|ERR_TLS_\w+|ERR_OSSL_\w+|EPROTO|CERT_\w+)$/.test(code)) {
    return [
      `no TLS connection comes about (${code})`,
      'See the log of the server, and sslrootcert, sslcert and sslkey.',
    ]
  }
  return undefined
}
