/** Runs once, so many milliseconds from now. @returns calls it off */
export type Later = (ms: number, run: () => void) => () => void

export const later: Later = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => {
    clearTimeout(timer)
  }
}
