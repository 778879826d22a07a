import { createTypedLabel, LABEL_AFTER_MS } from '../../src/card/typed-label.js'

const setUp = () => {
  const clock = { now: 0 }
  const waits: { until: number; done: () => void }[] = []
  const label = createTypedLabel({
    now: () => clock.now,
    wait: (ms) => new Promise((done) => waits.push({ until: clock.now + ms, done })),
  })
  const pass = async (ms: number) => {
    clock.now += ms
    for (const one of waits.splice(0)) {
      if (one.until <= clock.now) one.done()
      else waits.push(one)
    }
    for (let i = 0; i < 5; i++) await Promise.resolve()
  }
  return { label, pass, clock }
}

describe('a label that is typed while the page shares', () => {
  it('is none, at once, where nothing was typed', async () => {
    await expect(setUp().label.settled()).resolves.toBeUndefined()
  })

  it('waits for the end of the typing, and asks for one share', async () => {
    const { label, pass } = setUp()
    expect(label.type('财')).toBe(true)
    const settled = jest.fn()
    void label.settled().then(settled)
    for (const text of ['财务', '财务群']) {
      await pass(LABEL_AFTER_MS - 1)
      expect(label.type(text)).toBe(false)
    }
    await pass(LABEL_AFTER_MS - 1)
    expect(settled).not.toHaveBeenCalled()
    await pass(1)
    expect(settled).toHaveBeenCalledWith('财务群')
    expect(label.type('财务')).toBe(true)
  })

  it('does not wait for a clock that went back', async () => {
    const { label, clock } = setUp()
    label.type('财务群')
    clock.now -= 60 * 60 * 1000
    await expect(label.settled()).resolves.toBe('财务群')
  })
})
