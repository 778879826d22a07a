import { createWatch, WATCH_FIRST_MS, WATCH_LONGEST_MS } from '../../src/card/watch.js'

const setUp = () => {
  const waits: { ms: number; then: () => void; gone: boolean }[] = []
  const answers: ((news: boolean | Error) => void)[] = []
  const ask = jest.fn(
    () =>
      new Promise<boolean>((resolve, reject) =>
        answers.push((news) => (news instanceof Error ? reject(news) : resolve(news))),
      ),
  )
  const watch = createWatch({
    ask,
    after: (ms, then) => {
      const wait = { ms, then, gone: false }
      waits.push(wait)
      return () => void (wait.gone = true)
    },
  })
  const settle = async (news: boolean | Error) => {
    answers.shift()?.(news)
    for (let i = 0; i < 5; i++) await Promise.resolve()
  }
  /** The wait is over; asks; the answer comes. */
  const turn = async (news: boolean | Error) => {
    waits.at(-1)?.then()
    await settle(news)
  }
  return { watch, waits, ask, turn, settle, ms: () => waits.map((wait) => wait.ms) }
}

describe('watching an open page', () => {
  it('asks more and more seldom while nothing is new, and soon again after news', async () => {
    const { watch, turn, ms } = setUp()
    watch.start()
    for (let i = 0; i < 8; i++) await turn(false)
    const waits = ms()
    expect(waits[0]).toBe(WATCH_FIRST_MS)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.at(-1)).toBe(WATCH_LONGEST_MS)
    await turn(true)
    expect(ms().at(-1)).toBe(WATCH_FIRST_MS)
  })

  it('goes on after a failure, more seldom', async () => {
    const { watch, turn, ms, ask } = setUp()
    watch.start()
    await turn(new Error('no network'))
    expect(ms().at(-1)).toBeGreaterThan(WATCH_FIRST_MS)
    await turn(false)
    expect(ask).toHaveBeenCalledTimes(2)
  })

  it('asks nothing while the page is hidden, whatever was under way', async () => {
    const { watch, waits, ask, settle } = setUp()
    watch.start()
    watch.stop()
    expect(waits[0]?.gone).toBe(true)
    watch.start()
    waits.at(-1)?.then()
    watch.stop()
    await settle(true)
    expect(waits).toHaveLength(2)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('has one question at a time, however often the page is shown', () => {
    const { watch, waits } = setUp()
    watch.start()
    watch.start()
    expect(waits.filter(({ gone }) => !gone)).toHaveLength(1)
  })
})
