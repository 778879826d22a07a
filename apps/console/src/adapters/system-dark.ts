/** Whether the system asks for dark colours, and when that changes. */
export interface SystemDark {
  isDark: () => boolean
  /** @returns ends it */
  subscribe: (changed: () => void) => () => void
}

export const systemDark = (page: Window): SystemDark => {
  const query = page.matchMedia('(prefers-color-scheme: dark)')
  return {
    isDark: () => query.matches,
    subscribe(changed) {
      query.addEventListener('change', changed)
      return () => {
        query.removeEventListener('change', changed)
      }
    },
  }
}
