import { createCaptureGuard, type CaptureEffect } from '../../../src/features/capture/capture-guard'

const setUp = () => {
  const asked: CaptureEffect[] = []
  const answers: (() => void)[] = []
  const guard = createCaptureGuard((effect) => {
    asked.push(effect)
    return new Promise((resolve) => answers.push(resolve))
  })
  const settle = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    answers.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { guard, asked, settle }
}

describe('the capture guard', () => {
  it('lets nobody go on before the platform answered', async () => {
    const { guard, settle } = setUp()
    let on = false
    const held = guard.hold({}).then(() => (on = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(on).toBe(false)
    await settle()
    await held
    expect(on).toBe(true)
  })

  it('is off when its holder let it go, and only once', async () => {
    const { guard, asked, settle } = setUp()
    const page = {}
    void guard.hold(page)
    guard.release(page)
    guard.release(page)
    for (let i = 0; i < 3; i++) await settle()
    expect(asked.at(-1)).toBe('none')
    expect(asked).toHaveLength(2)
  })

  it('stays on where the next page comes before the last is gone', async () => {
    const { guard, asked, settle } = setUp()
    const [first, second] = [{}, {}]
    void guard.hold(first)
    void guard.hold(second)
    guard.release(first)
    for (let i = 0; i < 3; i++) await settle()
    expect(asked).toEqual(['hidden', 'hidden', 'hidden'])
    guard.release(second)
    await settle()
    expect(asked.at(-1)).toBe('none')
  })

  it('asks in order, one after the other, however slow the platform is', async () => {
    const { guard, asked, settle } = setUp()
    const page = {}
    void guard.hold(page)
    await new Promise((resolve) => setImmediate(resolve))
    guard.release(page)
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked).toEqual(['hidden'])
    await settle()
    expect(asked).toEqual(['hidden', 'none'])
  })

  it('keeps nobody from reading where the platform cannot hide the screen', async () => {
    const guard = createCaptureGuard(() => Promise.reject(new Error('not supported')))
    await expect(guard.hold({})).resolves.toBeUndefined()
  })
})
