/** Whether the system asks for something, e.g. dark colours, and when that changes. */
export interface SystemWish {
  isSet: () => boolean
  /** @returns ends it */
  subscribe: (changed: () => void) => () => void
}

/** @param feature of CSS: `(prefers-color-scheme: dark)` */
export const systemWish = (page: Window, feature: string): SystemWish => {
  const query = page.matchMedia(feature)
  return {
    isSet: () => query.matches,
    subscribe(changed) {
      query.addEventListener('change', changed)
      return () => {
        query.removeEventListener('change', changed)
      }
    },
  }
}
