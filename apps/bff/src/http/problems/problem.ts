import { HttpException } from '@nestjs/common'
import { ERRORS, type ErrorCode, type Problem } from '@sealcard/protocol'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { DomainError } from '../../core/errors/domain-error.js'
import { isStorageUnavailable, StorageConfigError } from '../../database/storage-error.js'
import {
  LoginRejected,
  PlatformError,
  PlatformUnreachable,
} from '../../platforms/calls/platform-error.js'

/** Seconds after which a client may try a failed dependency again. */
const DEPENDENCY_RETRY = 5

/** @returns the same error where it is ours, else what it means to a client; the original stays as `cause` */
export const asApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error
  if (error instanceof DomainError) return new ApiError(error.code, { cause: error })

  if (error instanceof LoginRejected) return new ApiError('ERR_LOGIN_REJECTED', { cause: error })
  if (error instanceof PlatformError || error instanceof PlatformUnreachable) {
    return new ApiError('ERR_PLATFORM_UNAVAILABLE', { cause: error, retryAfter: DEPENDENCY_RETRY })
  }
  if (isStorageUnavailable(error) || error instanceof StorageConfigError) {
    return new ApiError('ERR_STORAGE_UNAVAILABLE', { cause: error, retryAfter: DEPENDENCY_RETRY })
  }
  const byStatus = frameworkStatus(error)
  if (byStatus === 413) return new ApiError('ERR_TOO_LARGE', { cause: error })
  if (byStatus === 415) return new ApiError('ERR_MEDIA_TYPE', { cause: error })
  // An over-long path names nothing that is there; a wrong method neither.
  if (byStatus === 404 || byStatus === 405 || byStatus === 414)
    return new ApiError('ERR_NOT_FOUND', { cause: error })
  if (byStatus !== undefined && byStatus >= 400 && byStatus < 500)
    return inputError('request', 'is malformed')
  return new ApiError('ERR_INTERNAL', { cause: error })
}

/** The status that Fastify or Nest gave an error of their own. */
const frameworkStatus = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus()
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}

/** The document of RFC 9457. Member order is fixed, so that equal refusals are equal bytes. */
export const problemOf = (
  code: ErrorCode,
  requestId: string,
  issues?: ApiError['issues'],
): Problem => {
  const { status, title } = ERRORS[code]
  return {
    type: `urn:sealcard:error:${code}`,
    title,
    status,
    code,
    requestId,
    ...(issues && { issues: [...issues] }),
  }
}
