export type CaptureEffect = 'none' | 'hidden'

export interface CaptureGuard {
  /** Resolves when the platform hides the screen from captures, or cannot. */
  hold(holder: object): Promise<void>
  release(holder: object): void
}

/**
 * Hides the screen from captures while anything holds it. The platform's effect belongs to the app and outlives the
 * page that asked for it, and a page may come before the last one is gone. So the holders are counted, and the calls
 * run in order.
 * @param set asks the platform; it must settle, and whether it could does not matter: the guard is best effort
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
