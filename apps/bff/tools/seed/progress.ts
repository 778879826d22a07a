/** Says how far a long work is: rate, percent, and how long it will still take. At most once in two seconds. */
export class Progress {
  readonly #start: number
  #told: number

  constructor(
    private readonly what: string,
    private readonly total: number,
    private readonly write: (text: string) => void,
    private readonly now: () => number,
  ) {
    this.#start = this.#told = now()
  }

  at(done: number): void {
    const now = this.now()
    if (done < this.total && now - this.#told < 2_000) return
    this.#told = now
    const seconds = Math.max((now - this.#start) / 1000, 0.001)
    const rate = done / seconds
    const left = rate > 0 ? Math.ceil((this.total - done) / rate) : 0
    const percent = Math.floor((done / Math.max(this.total, 1)) * 100)
    this.write(
      `${this.what}: ${done} of ${this.total}, ${percent} %, ${Math.round(rate)}/s, ${left} s left\n`,
    )
  }
}
