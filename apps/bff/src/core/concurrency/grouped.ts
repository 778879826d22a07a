/** What became of one member of a group. */
export type Settled<R> =
  | { readonly value: R; readonly error?: never }
  | { readonly error: unknown; readonly value?: never }

export interface GroupBounds<T> {
  /** Members of one group: a statement and a transaction stay short. */
  readonly most: number
  /**
   * Groups under way at the same time, 1 unless stated. Reads have more: a slow one does not hold up all others. A further
   * group begins when as many wait as are under way: many requests do not become many small groups.
   */
  readonly atOnce?: number
  /** Whose each request is, and how many of theirs one group takes. */
  readonly fair?: { readonly whose: (asked: T) => string; readonly most: number }
}

interface Waiting<T, R> {
  readonly asked: T
  readonly resolve: (value: R) => void
  readonly reject: (error: unknown) => void
}

/** Members that hear their answer in one turn of the event loop; other requests get the turns between. */
const ANSWERED_AT_ONCE = 16

/**
 * Answers many requests with one piece of work. What arrives while a group is under way is the next group. A request
 * that comes alone is a group of one after this turn of the event loop: no timer waits for more.
 */
export class Grouped<T, R> {
  #waiting: Waiting<T, R>[] = []
  #running = 0
  /** Members of the groups under way. */
  #members = 0

  /** @param work settles every member, in their order; what it throws is thrown to all of them */
  constructor(
    private readonly bounds: GroupBounds<T>,
    private readonly work: (group: readonly T[]) => Promise<readonly Settled<R>[]>,
  ) {}

  /** @throws what `work` throws, or settles this member with */
  ask(asked: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asked, resolve, reject })
      if (this.#running >= (this.bounds.atOnce ?? 1) || this.#waiting.length < this.#members) return
      this.#running += 1
      // What other sockets bring in the same turn of the event loop belongs to the same group.
      setImmediate(() => void this.#run())
    })
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#settle(this.#take())
    this.#running -= 1
  }

  /** In the order of arrival. Work beyond the share of its key stays in line, before later work. */
  #take(): Waiting<T, R>[] {
    const { most, fair } = this.bounds
    if (!fair) return this.#waiting.splice(0, most)
    const taken: Waiting<T, R>[] = []
    const left: Waiting<T, R>[] = []
    const counts = new Map<string, number>()
    for (const waiting of this.#waiting) {
      const who = fair.whose(waiting.asked)
      const count = counts.get(who) ?? 0
      const fits = taken.length < most && count < fair.most
      if (fits) counts.set(who, count + 1)
      ;(fits ? taken : left).push(waiting)
    }
    this.#waiting = left
    return taken
  }

  async #settle(group: readonly Waiting<T, R>[]): Promise<void> {
    this.#members += group.length
    try {
      const outcomes = await this.work(group.map(({ asked }) => asked))
      // Not awaited: the next group begins at once.
      void answer(group, outcomes)
    } catch (error) {
      for (const { reject } of group) reject(error)
    } finally {
      this.#members -= group.length
    }
  }
}

const answer = async <T, R>(
  group: readonly Waiting<T, R>[],
  outcomes: readonly Settled<R>[],
): Promise<void> => {
  for (const [i, { resolve, reject }] of group.entries()) {
    if (i > 0 && i % ANSWERED_AT_ONCE === 0) await new Promise(setImmediate)
    const outcome = outcomes[i] ?? {
      error: new TypeError('a group left a member without an answer'),
    }
    if ('value' in outcome) resolve(outcome.value)
    else reject(outcome.error)
  }
}

/** Does the work of one member; what it throws is this member's alone. */
export const settled = <R>(work: () => R): Settled<R> => {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}

/**
 * Halves a group that failed until the member that fails stands alone; the others are done without it.
 * @param work does a group whole or not at all
 * @param fails judges an error: whether it fails everybody alike, however small the group is
 */
export const halving = async <T, R>(
  group: readonly T[],
  work: (group: readonly T[]) => Promise<readonly Settled<R>[]>,
  fails: (error: unknown) => boolean,
): Promise<readonly Settled<R>[]> => {
  try {
    return await work(group)
  } catch (error) {
    if (group.length <= 1 || fails(error)) return group.map(() => ({ error }))
    const half = group.length >> 1
    const first = await halving(group.slice(0, half), work, fails)
    return [...first, ...(await halving(group.slice(half), work, fails))]
  }
}
