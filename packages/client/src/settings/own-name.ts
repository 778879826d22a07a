import { BffError } from '@sealcard/kit'
import { count } from '../write/draft.js'

/** Characters, as people count them. */
const NAME_MAX = 32

/** Whether the service takes this as what a person calls themselves. */
export const isName = (given: string): boolean => {
  const length = count(given.trim())
  return length >= 1 && length <= NAME_MAX && !/[\r\n]/.test(given)
}

/** `gone`: people do not name themselves here. */
export const nameTrouble = (error: unknown): 'wrong' | 'gone' | 'failed' => {
  const code = error instanceof BffError ? error.code : undefined
  if (code === 'ERR_FORBIDDEN') return 'gone'
  return code === 'ERR_INPUT' ? 'wrong' : 'failed'
}
