/** What a login does once its session holds. It never fails, and takes a second at most. */
export interface AfterLogin {
  /** @param viewerId who logged in */
  loggedIn(viewerId: string): Promise<void>
}

/** Injection token of `AfterLogin`: what it does lies beyond this folder. */
export const AFTER_LOGIN = Symbol('AfterLogin')
