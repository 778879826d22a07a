import { createTypedLabel } from '../../src/card/typed-label.js'

const setUp = () => {
  const waits: (() => void)[] = []
  const label = createTypedLabel(() => new Promise((done) => waits.push(done)))
  /** The pause after that key is over. */
  const pause = async (key: number) => {
    waits[key]?.()
    for (let i = 0; i < 10; i++) await Promise.resolve()
  }
  return { label, pause }
}

describe('a label that is typed while the page shares', () => {
  it('is none, at once, where nothing was typed', async () => {
    await expect(setUp().label.settled()).resolves.toBeUndefined()
  })

  it('waits for the end of the typing, and asks for one share', async () => {
    const { label, pause } = setUp()
    expect(label.type('财')).toBe(true)
    const settled = jest.fn()
    void label.settled().then(settled)
    expect(label.type('财务')).toBe(false)
    await pause(0)
    expect(label.type('财务群')).toBe(false)
    await pause(1)
    expect(settled).not.toHaveBeenCalled()
    await pause(2)
    expect(settled).toHaveBeenCalledWith('财务群')
    expect(label.type('财务')).toBe(true)
  })
})
