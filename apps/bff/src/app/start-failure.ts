import { CryptoError } from '@sealcard/crypto'
import type { Config } from '../core/config/config.js'
import { nameOf } from '../core/ports/error-name.js'
import { asConfigError, isDatabaseError } from '../database/trouble.js'

/** The service could not listen. */
export class ListenFailure extends Error {
  constructor(cause: unknown) {
    super('cannot listen', { cause })
    this.name = 'ListenFailure'
  }
}

/** One line that names the key to look at. Of an unknown error only what cannot hold a secret. */
export function startFailure(error: unknown, config: Config): string {
  if (error instanceof ListenFailure) return listenFailure(error.cause, config)
  if (isDatabaseError(error))
    return `DATABASE_URL: ${asConfigError(error, config.database).message}`
  if (error instanceof CryptoError)
    return `SEALCARD_KEYRING: it does not open what the database holds: ${error.code}`
  return `an error that is not expected here (${nameOf(error)}): run \`sealcard doctor\`, and report this line`
}

function listenFailure(error: unknown, { server }: Config): string {
  const { code } = (error ?? {}) as { code?: unknown }
  const address = `${server.host}:${server.port}`
  if (code === 'EADDRINUSE') return `PORT: ${address} is in use by another process`
  if (code === 'EACCES') return `PORT: this user may not listen on ${address}`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST: ${server.host} is not an address of this machine`
  return `HOST, PORT: cannot listen on ${address} (${nameOf(error)})`
}
