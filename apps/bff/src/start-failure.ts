import { CryptoError } from '@sealcard/crypto'
import type { Config } from './config/config.js'
import { withoutValues } from './http/request-log.js'
import { isStorageUnavailable, StorageConfigError } from './storage/storage-error.js'

/** One line that names the key to look at. Of an unknown error only what cannot hold a secret. */
export function startFailure(error: unknown, { server, database }: Config): string {
  const { code } = (error ?? {}) as { code?: unknown }
  const address = `${server.host}:${server.port}`
  if (code === 'EADDRINUSE') return `PORT: ${address} is in use by another process`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST: ${server.host} is not an address of this machine`
  if (code === 'EACCES' && (error as { syscall?: unknown }).syscall === 'listen')
    return `PORT: this user may not listen on ${address}`
  if (error instanceof CryptoError)
    return `SEALCARD_KEYRING: it does not open what the database holds: ${error.code}`
  if (error instanceof StorageConfigError) return `DATABASE_URL: ${error.message}`
  const failure = JSON.stringify(withoutValues(error))
  if (isStorageUnavailable(error) || isFileError(code)) {
    const which = database.kind === 'sqlite' ? database.file : 'the server'
    return `DATABASE_URL: ${which} cannot be used: ${failure}`
  }
  return failure
}

/** The folder of the database could not be made. */
const isFileError = (code: unknown): boolean =>
  typeof code === 'string' && /^(EACCES|EROFS|ENOSPC|ENOTDIR|EEXIST|EPERM)$/.test(code)
