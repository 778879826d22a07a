import type { InternalErrorCode } from '@sealcard/protocol'

/** A backup was not made, or not restored. The database is as it was. The message says why and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly code = 'ERR_BACKUP' satisfies InternalErrorCode
}
