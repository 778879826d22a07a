import { CALL_TIMEOUT_MS, callWx, WxFailure } from '../src/call-wx.js'

describe('callWx', () => {
  it('resolves with what the platform answers', async () => {
    const result = await callWx<{ code: string }>('login', (on) =>
      on.success({ code: 'C', errMsg: 'login:ok' }),
    )
    expect(result).toEqual({ code: 'C', errMsg: 'login:ok' })
  })

  it('resolves when the platform answers with nothing at all', async () => {
    const answer = callWx('x', (on) => (on.success as () => void)())
    await expect(answer).resolves.toEqual({ errMsg: 'x:ok' })
  })

  it('rejects with the failure, and with one where the platform gives none', async () => {
    await expect(
      callWx('x', (on) => on.fail({ errMsg: 'x:fail no', errno: 102 })),
    ).rejects.toMatchObject({ result: { errMsg: 'x:fail no', errno: 102 } })
    await expect(callWx('x', (on) => (on.fail as () => void)())).rejects.toMatchObject({
      result: { errMsg: 'x:fail' },
    })
  })

  it('rejects when the call itself throws', async () => {
    await expect(
      callWx('x', () => {
        throw new Error('boom')
      }),
    ).rejects.toThrow('x:fail Error: boom')
  })

  it('counts silence as a failure, and hears nothing afterwards', async () => {
    jest.useFakeTimers()
    try {
      let late: (() => void) | undefined
      const answer = callWx('x', (on) => {
        late = () => on.success({ errMsg: 'x:ok' })
      })
      const seen = expect(answer).rejects.toEqual(
        new WxFailure({ errMsg: 'x:fail timeout', errno: 5 }),
      )
      await jest.advanceTimersByTimeAsync(CALL_TIMEOUT_MS)
      await seen
      expect(late).not.toThrow()
    } finally {
      jest.useRealTimers()
    }
  })

  it('leaves no timer behind', async () => {
    jest.useFakeTimers()
    try {
      await callWx('x', (on) => on.success({ errMsg: 'x:ok' }))
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      jest.useRealTimers()
    }
  })
})
