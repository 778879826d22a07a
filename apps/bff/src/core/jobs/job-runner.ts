/** What a job does. The signal aborts when the process stops. */
export type JobWork = (signal: AbortSignal) => unknown

/** The frame of a job: runs never overlap, and a run that fails ends nothing but itself. */
export class JobRunner {
  readonly #stop = new AbortController()
  #running: Promise<void> | undefined
  #isWanted = false

  constructor(
    private readonly work: JobWork,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** A run, unless one is under way. */
  tick(): void {
    if (!this.#running) void this.poll()
  }

  /**
   * A run that begins from now on. While one is under way, all who ask share the one run that follows it.
   * @returns resolves after that run, whether it fails or not; at once when the job stopped
   */
  poll(): Promise<void> {
    this.#isWanted = true
    this.#running ??= this.#runWanted().finally(() => (this.#running = undefined))
    return this.#running
  }

  /** No run begins any more. @returns resolves when the run that is under way ends */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #runWanted(): Promise<void> {
    const { signal } = this.#stop
    while (this.#isWanted && !signal.aborted) {
      this.#isWanted = false
      try {
        await this.work(signal)
      } catch (error) {
        this.failed(error)
      }
    }
  }
}
