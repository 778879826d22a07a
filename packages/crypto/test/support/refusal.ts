/** Everything about an error that a caller can see, or 'returned'. */
export const outcome = (work: () => unknown): string => {
  try {
    work()
    return 'returned'
  } catch (error) {
    const { name, message, ...rest } = error as Error
    return JSON.stringify([name, message, { ...rest }, Object.getOwnPropertyNames(error).sort()])
  }
}

const shape = (code: string, message: string): string =>
  JSON.stringify(['CryptoError', message, { code }, ['code', 'message', 'stack']])

export const proofRejected = shape('ERR_PROOF_REJECTED', 'the proof was rejected')
export const callbackRejected = shape('ERR_CALLBACK_REJECTED', 'the callback was rejected')
export const mediaRejected = shape('ERR_MEDIA_REJECTED', 'the media was rejected')
export const envelopeRejected = shape('ERR_ENVELOPE_REJECTED', 'the envelope was rejected')
