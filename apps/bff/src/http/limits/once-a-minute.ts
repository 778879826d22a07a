import { MINUTE } from '../../core/time.js'

/** Lets one of a kind through each minute, so that a flood of what is recorded fills no disk. In one process. */
export class OnceAMinute {
  /** In the order of their times. */
  readonly #last = new Map<string, { readonly at: number; readonly request: object }>()

  /**
   * @param now milliseconds UTC
   * @param request whose transaction asks; when it runs again, it is let through again
   */
  allows(kind: string, now: number, request: object): boolean {
    const last = this.#last.get(kind)
    if (last && last.request !== request && now - last.at < MINUTE) return false
    this.#last.delete(kind)
    this.#last.set(kind, { at: now, request })
    for (const [old, { at }] of this.#last) {
      if (now - at < MINUTE) break
      this.#last.delete(old)
    }
    return true
  }
}
