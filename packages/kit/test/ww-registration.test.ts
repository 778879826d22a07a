import { registration } from '../src/ww-registration.js'
import type { WebSignatures } from '../src/ww-types.js'
import { fakeWw, PAGE, signaturesFor } from './kit/fake-ww.js'

it('signatures that never come fail the registration, and the next one asks again', async () => {
  jest.useFakeTimers()
  try {
    const { ww, registered } = fakeWw('wecom')
    const answers = [new Promise<WebSignatures>(() => {}), Promise.resolve(signaturesFor(PAGE))]
    const register = registration(ww, () => answers.shift()!)
    const first = register(PAGE).catch(String)
    await jest.advanceTimersByTimeAsync(10_000)
    expect(await first).toContain('sign:fail timeout')
    await register(PAGE)
    expect(registered()).toBeDefined()
  } finally {
    jest.useRealTimers()
  }
})
