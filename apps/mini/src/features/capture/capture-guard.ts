export type CaptureEffect = 'none' | 'hidden'

export interface CaptureGuard {
  /** Resolves when the platform hides the screen from captures, or cannot. */
  hold(holder: object): Promise<void>
  release(holder: object): void
}

/**
 * Hides the screen from captures while it has a holder. The platform's effect belongs to the app and outlives the
 * page that asked for it. A new page may also appear before the old one is gone. So the guard counts its holders and
 * runs the calls in order.
 * @param set asks the platform. It must settle; its outcome does not matter, because the guard is best effort
 */
export const createCaptureGuard = (set: (effect: CaptureEffect) => Promise<void>): CaptureGuard => {
  const holders = new Set<object>()
  let last = Promise.resolve()
  const apply = () => {
    last = last.then(() => set(holders.size > 0 ? 'hidden' : 'none')).catch(() => undefined)
    return last
  }
  return {
    hold(holder) {
      holders.add(holder)
      return apply()
    },
    release(holder) {
      if (holders.delete(holder)) void apply()
    },
  }
}
