type Way = 'navigateTo' | 'redirectTo' | 'reLaunch'

export interface NavigationPort {
  /** Asks the client. Rejects when it refuses, or does not answer. */
  go: (way: Way, url: string) => Promise<unknown>
  wait: (ms: number) => Promise<void>
}

export interface Navigation {
  /** Above this page. */
  open(url: string): Promise<boolean>
  /** In place of this page. */
  replace(url: string): Promise<boolean>
  /** In place of all pages. */
  restart(url: string): Promise<boolean>
}

/** A client refuses while a page still slides in: `redirectTo:fail busy`. */
const SLIDES_IN_MS = 500

/**
 * Goes to a page by the first way that the client takes. A client may refuse any way at any time. All ways that it
 * refuses are tried once more after a while. Each call answers whether the page is reached, and never rejects.
 *
 * One at a time: a call during another one gets the other's answer. So two taps in one moment open one page.
 */
export const createNavigation = ({ go, wait }: NavigationPort): Navigation => {
  let going: Promise<boolean> | null = null

  const first = async (ways: readonly Way[], url: string): Promise<boolean> => {
    for (const way of ways) {
      const done = await go(way, url).then(
        () => true,
        () => false,
      )
      if (done) return true
    }
    return false
  }

  const by = (ways: readonly Way[], url: string): Promise<boolean> =>
    (going ??= first(ways, url)
      .then(async (done) => {
        if (done) return true
        await wait(SLIDES_IN_MS)
        return first(ways, url)
      })
      .finally(() => {
        going = null
      }))

  return {
    open: (url) => by(['navigateTo', 'redirectTo', 'reLaunch'], url),
    replace: (url) => by(['redirectTo', 'reLaunch'], url),
    restart: (url) => by(['reLaunch', 'redirectTo'], url),
  }
}
