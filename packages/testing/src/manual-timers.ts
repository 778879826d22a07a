/** Timers whose deadlines a test lets pass by hand. */
export class ManualTimers {
  readonly pending = new Set<() => void>()

  after(_ms: number, fn: () => void): () => void {
    this.pending.add(fn)
    return () => this.pending.delete(fn)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error)
      const abort = (): void => {
        cancel()
        reject(signal?.reason as Error)
      }
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      })
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  pass(): void {
    const due = [...this.pending]
    this.pending.clear()
    for (const fn of due) fn()
  }
}
