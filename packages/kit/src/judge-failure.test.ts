import fc from 'fast-check'
import { WxFailure } from './call-wx.js'
import { judgeFailure, toPlatformError } from './judge-failure.js'
import { PlatformError } from './platform-error.js'

const judge = (errMsg: string, codes: { errno?: number; errCode?: number } = {}) =>
  judgeFailure({ errMsg, ...codes }, 'not-recipient')

describe('judgeFailure', () => {
  it.each([
    ['authPrivateMessage:fail invalid shareTicket', {}, 'not-recipient'],
    ['authPrivateMessage:fail', {}, 'not-recipient'],
    ['authPrivateMessage:fail no permission', { errno: 102 }, 'not-recipient'],
    ['qy__getShareInfo:fail no permission', { errCode: 60233 }, 'not-recipient'],
    ['qy__getShareInfo:fail no permission', { errCode: -1 }, 'not-recipient'],
    ['getShareInfo:fail single chat is not supported', {}, 'not-recipient'],
    ['qy__getShareInfo:fail', { errCode: 42013 }, 'login'],
    ['qy__getShareInfo:fail:42013 mini program not login', {}, 'login'],
    ['getShareInfo:fail session expired', {}, 'login'],
    ['authPrivateMessage:fail need login', {}, 'login'],
    ['qy__getShareInfo:fail', { errCode: 60020 }, 'retry'],
    ['authPrivateMessage:fail timeout', {}, 'retry'],
    ['authPrivateMessage:fail time out', { errno: 5 }, 'retry'],
    ['authPrivateMessage:fail', { errno: 108 }, 'retry'],
    ['authPrivateMessage:fail system error', {}, 'retry'],
    ['authPrivateMessage:fail -1 system busy', {}, 'retry'],
    ['authPrivateMessage:fail jsapi not supported', { errno: 100 }, 'unsupported'],
    ['updateShareMenu:fail function not exist', {}, 'unsupported'],
  ])('%s %j is %s', (errMsg, codes, fault) => {
    expect(judge(errMsg, codes)).toBe(fault)
  })

  it("does not take the API's own name for a reason", () => {
    expect(judge('qy__checkSession:fail')).toBe('not-recipient')
    expect(judge('login:fail')).toBe('not-recipient')
  })

  it('never makes anything but one of the four out of any text and code', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.integer()), (text, errno) => {
        const result = { errMsg: `x:fail ${text}`, ...(errno === null ? {} : { errno }) }
        expect(['not-recipient', 'login', 'retry', 'unsupported']).toContain(
          judgeFailure(result, 'not-recipient'),
        )
      }),
    )
  })

  it('keeps an error that was judged, and wraps what never was a result', () => {
    const judged = new PlatformError('retry', 'a', { errMsg: 'a:fail' })
    expect(toPlatformError('b', judged, 'not-recipient')).toBe(judged)
    expect(toPlatformError('b', 'odd', 'not-recipient').fault).toBe('not-recipient')
    const wrapped = toPlatformError('b', new WxFailure({ errMsg: 'b:fail', errno: 5 }), 'login')
    expect(wrapped).toMatchObject({ fault: 'retry', api: 'b', result: { errno: 5 } })
  })
})
