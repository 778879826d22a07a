import type { ErrorCode } from '@sealcard/protocol'

/** A rule of the domain does not hold. Layers without HTTP throw it; `asApiError` gives the client its code. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message)
    this.name = 'DomainError'
  }
}
