import { Reflector } from '@nestjs/core'

interface CallersOf {
  /** Whether an automation token may call it, too: not when it is about the caller's own account. Default: yes. */
  readonly tokens?: boolean
  /**
   * Whether an automation token may, or of all tokens only SEALCARD_ADMIN_TOKEN, which whoever operates the machine
   * holds. Default: yes.
   */
  readonly automation?: boolean
  /** Whether it is open to an account that has no second factor yet. Default: no. */
  readonly enrolling?: boolean
}

/** On a route for administrators: whom its rule does not mean, or means although they may do nothing else. */
export const Callers = Reflector.createDecorator<CallersOf>()
