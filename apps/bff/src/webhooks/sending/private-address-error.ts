import type { InternalErrorCode } from '@sealcard/protocol'

/** The host of a webhook leads to an address that is not of the public Internet. */
export class PrivateAddress extends Error {
  readonly code = 'ERR_WEBHOOK_ADDRESS' satisfies InternalErrorCode

  constructor() {
    super('the host has a private address')
    this.name = 'PrivateAddress'
  }
}
