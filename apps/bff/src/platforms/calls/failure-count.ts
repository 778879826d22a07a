import type { IBreaker } from 'cockatiel'

/** What a try that used up its deadline counts beside the failure that it is. */
const TIMEOUT_EXTRA = 2

/**
 * Opens after so many failures in a row; two timeouts are enough of them. Otherwise one caller at a time would need
 * five deadlines, 15 s, to learn what the first two said.
 */
export class FailureCount implements IBreaker {
  state = 0

  constructor(private readonly enough: number) {}

  success(): void {
    this.state = 0
  }

  /** Called before the `failure` of the same try. */
  timedOut(): void {
    this.state += TIMEOUT_EXTRA
  }

  failure(): boolean {
    return ++this.state >= this.enough
  }
}
