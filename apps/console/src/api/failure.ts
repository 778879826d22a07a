import type { Problem } from '@sealcard/protocol'
import type { ErrorCode } from '@sealcard/protocol/plain'

/** `ERR_BFF_UNREACHABLE`: no answer came, or none of the service's. */
export type FailureCode = ErrorCode | 'ERR_BFF_UNREACHABLE'

/** Why a call failed, in one shape for every cause. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'

  constructor(
    readonly code: FailureCode,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly requestId?: string,
    /** Only with ERR_INPUT: which field, and what about it. */
    readonly issues: NonNullable<Problem['issues']> = [],
  ) {
    super(code)
  }
}

export const unreachable = (): ApiFailure => new ApiFailure('ERR_BFF_UNREACHABLE', 0)

/** Whatever was thrown, as a failure. */
export const failureOf = (error: unknown): ApiFailure =>
  error instanceof ApiFailure ? error : new ApiFailure('ERR_INTERNAL', 0)

/** Whether the service as a whole does not work: one banner says so, and nothing else repeats it. */
export const isOutage = ({ code, status }: ApiFailure): boolean =>
  code === 'ERR_BFF_UNREACHABLE' || code === 'ERR_STORAGE_UNAVAILABLE' || status === 502
