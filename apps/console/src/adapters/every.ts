/** Runs again and again. @returns ends it */
export type Every = (ms: number, run: () => void) => () => void

export const every: Every = (ms, run) => {
  const timer = setInterval(run, ms)
  return () => {
    clearInterval(timer)
  }
}
