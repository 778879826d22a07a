export interface WatchOptions {
  /** Asks once. @returns whether something is new; a rejection counts as nothing new */
  ask: () => Promise<boolean>
  /** Runs `then` after `ms`. @returns takes it back */
  after: (ms: number, then: () => void) => () => void
}

export interface Watch {
  /** The page is seen: asks from now on, the first time after a while. */
  start(): void
  /** The page is hidden, or there is nothing to wait for: asks no more. */
  stop(): void
}

/** Between two questions, ms: readings arrive within seconds of each other. */
export const WATCH_FIRST_MS = 5_000
/** An open page that nobody reads asks once a minute. */
export const WATCH_LONGEST_MS = 60_000
const SLOWER = 1.5

/** Asks while a page is seen. It slows down while nothing is new, and asks soon again after news. One question at a time. */
export const createWatch = ({ ask, after }: WatchOptions): Watch => {
  let run = 0
  let takeBack: (() => void) | null = null

  const wait = (mine: number, ms: number) => {
    takeBack = after(ms, () => {
      takeBack = null
      void ask()
        .catch(() => false)
        .then((news) => {
          if (mine !== run) return
          wait(mine, news ? WATCH_FIRST_MS : Math.min(ms * SLOWER, WATCH_LONGEST_MS))
        })
    })
  }
  const stop = () => {
    run++
    takeBack?.()
    takeBack = null
  }
  return {
    start() {
      stop()
      wait(run, WATCH_FIRST_MS)
    },
    stop,
  }
}
