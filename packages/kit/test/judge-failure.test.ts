import fc from 'fast-check'
import { WxFailure } from '../src/call-wx.js'
import { judgeFailure, toPlatformError } from '../src/judge-failure.js'
import { PlatformError } from '../src/platform-error.js'

const judge = (errMsg: string, codes: { errno?: number; errCode?: number } = {}) =>
  judgeFailure({ errMsg, ...codes }, true)

describe('judgeFailure', () => {
  it.each([
    ['authPrivateMessage:fail invalid shareTicket', {}, 'not-recipient'],
    ['authPrivateMessage:fail', {}, 'not-recipient'],
    ['authPrivateMessage:fail no permission', { errno: 102 }, 'not-recipient'],
    ['qy__getShareInfo:fail no permission', { errCode: 60233 }, 'not-recipient'],
    ['qy__getShareInfo:fail no permission', { errCode: -1 }, 'not-recipient'],
    ['qy__getShareInfo:fail', { errCode: -1 }, 'not-recipient'],
    ['qy__getShareInfo:fail:60233', {}, 'not-recipient'],
    ['getShareInfo:fail (60244)', {}, 'not-recipient'],
    ['getShareInfo:fail', { errCode: 50002 }, 'not-recipient'],
    ['getShareInfo:fail', { errCode: 60011 }, 'not-recipient'],
    ['getShareInfo:fail', { errCode: 60242 }, 'not-recipient'],
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

  // What clients say of their network, in the languages of the phones: https://github.com/wendux/fly/issues/210
  it.each([
    '请求超时。',
    '似乎已断开与互联网的连接。',
    '网络连接已中断。',
    '网络错误',
    'request connect error',
    'Unable to resolve host "servicewechat.com": No address associated with hostname',
    'The Internet connection appears to be offline.',
    'The request timed out.',
    'errcode:-102 net::ERR_CONNECTION_REFUSED',
    'errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT',
    'interrupted',
    'activity expired',
    'an unknown text',
  ])('does not take a person for a stranger because the client says “%s”', (said) => {
    for (const api of ['authPrivateMessage', 'qy__getShareInfo']) {
      expect(judge(`${api}:fail ${said}`)).toBe('retry')
      expect(judge(`${api}:fail:${said}`, { errno: 600001, errCode: -1 })).toBe('retry')
    }
  })

  it.each([1, 3, 4, 5, 103, 108, 109, 12345])(
    'takes a failure with code %i and no words for a passing one',
    (code) => {
      expect(judge('authPrivateMessage:fail', { errno: code })).toBe('retry')
      expect(judge('qy__getShareInfo:fail', { errCode: code })).toBe('retry')
    },
  )

  it('hears a denial only from a call that was asked to vouch', () => {
    const denied = { errMsg: 'qy__getContext:fail no permission', errno: 102, errCode: 60233 }
    expect(judgeFailure(denied)).toBe('retry')
    expect(judgeFailure({ errMsg: 'login:fail' })).toBe('retry')
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
          judgeFailure(result, true),
        )
      }),
    )
  })

  it('keeps an error that was judged, and wraps what never was a result', () => {
    const judged = new PlatformError('retry', 'a', { errMsg: 'a:fail' })
    expect(toPlatformError('b', judged, true)).toBe(judged)
    expect(toPlatformError('b', 'odd', true).fault).toBe('retry')
    const wrapped = toPlatformError('b', new WxFailure({ errMsg: 'b:fail', errno: 5 }), true)
    expect(wrapped).toMatchObject({ fault: 'retry', api: 'b', result: { errno: 5 } })
  })
})
