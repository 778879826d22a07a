import { PlatformError } from '../src/platform-error.js'
import { createWecomWebPlatform } from '../src/wecom-web.js'
import type { WebSignatures } from '../src/ww-types.js'
import { fakePage, fakeWw, PAGE, PHONE, signaturesFor } from './kit/fake-ww.js'

const declaration = { platform: 'wecom', state: 'STATE' } as const
const content = {
  title: '一张私密卡片',
  desc: '',
  link: 'https://cards.example.com/h5/o?s=SHARE',
  imgUrl: 'https://cards.example.com/h5/card.png',
}

const open = (
  environment: 'wecom' | 'wechat' | 'browser' = 'wecom',
  userAgent: string = PHONE,
  sign = (url: string): Promise<WebSignatures> => Promise.resolve(signaturesFor(url)),
) => {
  const fake = fakeWw(environment)
  const window = fakePage(userAgent)
  const signed: string[] = []
  const events: unknown[] = []
  const platform = createWecomWebPlatform(fake.ww, {
    page: window.page,
    sign: (url) => {
      signed.push(url)
      return sign(url)
    },
    logIn: () => events.push('login'),
    onReturn: () => events.push('return'),
    onUndeclared: (error) => events.push(error.fault),
  })
  return { platform, window, signed, events, ...fake }
}
const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'resolved',
    (error: unknown) => (error as PlatformError).fault,
  )
const settled = () => new Promise(setImmediate)

describe('outside WeCom', () => {
  it.each(['browser', 'wechat'] as const)(
    'in %s it says so, and makes no call: the SDK would stay pending for ever',
    async (environment) => {
      const { platform, calls, signed } = open(environment, 'Mozilla/5.0 MicroMessenger/8.0')
      expect(platform.capabilities).toEqual({ share: 'not-wecom', open: 'not-wecom' })
      expect(await fault(platform.declare(declaration))).toBe('unsupported')
      expect(await fault(platform.ticket())).toBe('unsupported')
      expect(await fault(platform.prove({ shareTicket: 'T' }))).toBe('unsupported')
      expect(await fault(platform.offerInMenu(content))).toBe('unsupported')
      expect(await platform.hideForwarding()).toBe(false)
      expect(await platform.checkSession()).toBe(false)
      expect({ calls, signed }).toEqual({ calls: [], signed: [] })
    },
  )

  it.each([
    ['3.1.7', 'client-too-old'],
    ['3.1.8', null],
    ['4.1.30', null],
  ])('WeCom %s: %s', (version, obstacle) => {
    const { platform } = open('wecom', `Mozilla/5.0 wxwork/${version} MicroMessenger/7.0.1`)
    expect(platform.capabilities).toEqual({ share: obstacle, open: obstacle })
  })

  it('a client without a bridge fails the first call after 5 seconds', async () => {
    jest.useFakeTimers()
    try {
      const { platform, answers } = open()
      answers['getContext'] = 'silence'
      let done = false
      const first = fault(platform.ticket()).finally(() => {
        done = true
      })
      await jest.advanceTimersByTimeAsync(4_999)
      expect(done).toBe(false)
      await jest.advanceTimersByTimeAsync(1)
      expect(await first).toBe('retry')
    } finally {
      jest.useRealTimers()
    }
  })
})

describe('signatures', () => {
  it('come from the callback, for the live address without its fragment', async () => {
    const { platform, window, signed, registered, calls } = open()
    window.location.href = `${PAGE}&wxwork_from=chat#top`
    await platform.ticket()
    expect(signed).toEqual([`${PAGE}&wxwork_from=chat`])
    expect(calls[0]).toEqual({ api: 'register', args: { corpId: 'wwCORP', agentId: 1000002 } })
    const options = registered()!
    const url = `${PAGE}&wxwork_from=chat`
    expect(await options.getAgentConfigSignature(url)).toEqual({
      timestamp: 1_700_000_000,
      nonceStr: `nonce of ${url}`,
      signature: 'AGENT',
    })
    expect(await options.getConfigSignature(url)).toMatchObject({ signature: 'CORP' })
    // Both handshakes live on one request.
    expect(signed).toHaveLength(1)
    expect(options.jsApiList).toEqual(
      expect.arrayContaining(['setShareAttr', 'getContext', 'getShareInfo', 'shareAppMessage']),
    )
  })

  it('are asked for anew at another address, and after the client refused one', async () => {
    const { platform, signed, registered } = open()
    await platform.ticket()
    await registered()!.getAgentConfigSignature(`${PAGE}&a=1`)
    registered()!.onAgentConfigFail()
    await registered()!.getAgentConfigSignature(`${PAGE}&a=1`)
    expect(signed).toEqual([PAGE, `${PAGE}&a=1`, `${PAGE}&a=1`])
  })

  it('that cannot be had fail the call, and the next call asks again', async () => {
    let down = true
    const { platform, named, signed } = open('wecom', PHONE, (url) =>
      down ? Promise.reject(new Error('unreachable')) : Promise.resolve(signaturesFor(url)),
    )
    expect(await fault(platform.ticket())).toBe('retry')
    down = false
    expect(await fault(platform.ticket())).toBe('resolved')
    expect(named('register')).toHaveLength(1)
    expect(signed).toHaveLength(2)
  })
})

describe('a failed call', () => {
  const prove = (reject: { errMsg: string; errCode?: number; err_code?: number }) => {
    const { platform, answers } = open()
    answers['getShareInfo'] = { reject }
    return fault(platform.prove({ shareTicket: 'T' }))
  }

  it.each([
    [{ errMsg: 'getShareInfo:notrecipient' }, 'not-recipient'],
    [{ errMsg: 'getShareInfo:没有权限' }, 'not-recipient'],
    [{ errMsg: 'getShareInfo:fail', errCode: 60242 }, 'not-recipient'],
    [{ errMsg: 'getShareInfo:fail', errCode: 50002 }, 'not-recipient'],
    // The words would say otherwise: they don't count.
    [{ errMsg: 'getShareInfo:fail not logged in', errCode: 60230 }, 'not-recipient'],
    [{ errMsg: 'getShareInfo:ok', errCode: 40093 }, 'setup'],
    [{ errMsg: 'getShareInfo:fail', err_code: 42012 }, 'setup'],
    [{ errMsg: 'getShareInfo:fail', errCode: 60020 }, 'setup'],
    [{ errMsg: 'agentConfig:invalid signature' }, 'setup'],
    [{ errMsg: 'preVerifyJSAPI:fail', errCode: 40093 }, 'setup'],
    [{ errMsg: 'config:fail' }, 'setup'],
    [{ errMsg: 'getShareInfo:fail', errCode: 42003 }, 'login'],
    [{ errMsg: 'getShareInfo:fail', err_code: -1 }, 'retry'],
    [{ errMsg: 'getShareInfo:fail', errCode: 45009 }, 'retry'],
  ])('of getShareInfo, %j, is %s', async (reject, wanted) => {
    expect(await prove(reject)).toBe(wanted)
  })

  it('of any other call is never a no', async () => {
    const { platform, answers } = open()
    for (const errCode of [60233, 50002, -1]) {
      answers['setShareAttr'] = { reject: { errMsg: 'setShareAttr:notrecipient', errCode } }
      answers['getContext'] = { reject: { errMsg: 'getContext:notrecipient', errCode } }
      expect(await fault(platform.declare(declaration))).toBe('retry')
      expect(await fault(platform.ticket())).toBe('retry')
    }
  })

  it('of a client that does not have the call is a client too old', async () => {
    const { platform, answers } = open()
    answers['getShareInfo'] = { reject: { errMsg: 'getShareInfo:function not exist' } }
    answers['checkJsApi'] = { ok: { checkResult: { getShareInfo: false } } }
    expect(await fault(platform.prove({ shareTicket: 'T' }))).toBe('unsupported')
    answers['checkJsApi'] = { reject: { errMsg: 'checkJsApi:fail' } }
    expect(await fault(platform.prove({ shareTicket: 'T' }))).toBe('not-recipient')
  })

  it('carries the answer for the log, and what it throws itself is no answer', async () => {
    const { platform, answers } = open()
    answers['getShareInfo'] = { reject: { errMsg: 'getShareInfo:x', errCode: 60234 } }
    await expect(platform.prove({ shareTicket: 'T' })).rejects.toMatchObject({
      api: 'getShareInfo',
      result: { errMsg: 'getShareInfo:x', errCode: 60234 },
    })
    for (const thrown of [new Error('SDK Error: Missing'), undefined, 'no']) {
      answers['getShareInfo'] = { throws: thrown }
      expect(await fault(platform.prove({ shareTicket: 'T' }))).toBe('retry')
    }
  })
})

describe('a declaration', () => {
  it('comes again after the address changed, and not before', async () => {
    const { platform, window, named } = open()
    await platform.declare(declaration)
    await platform.moved()
    expect(named('setShareAttr')).toHaveLength(1)
    window.location.href = `${PAGE}#words`
    await platform.moved()
    expect(named('setShareAttr')).toHaveLength(1)
    window.location.href = `${PAGE}&view=2`
    await platform.moved()
    expect(named('setShareAttr')).toEqual([
      { withShareTicket: true, state: 'STATE' },
      { withShareTicket: true, state: 'STATE' },
    ])
    window.location.href = PAGE
    window.send('popstate')
    await settled()
    expect(named('setShareAttr')).toHaveLength(3)
  })

  it('is repeated before a share at another address that the page did not report', async () => {
    const { platform, window, calls } = open()
    await platform.declare(declaration)
    window.location.href = `${PAGE}&view=2`
    await platform.share(content)
    expect(calls.map(({ api }) => api)).toEqual([
      'register',
      'setShareAttr',
      'setShareAttr',
      'shareAppMessage',
    ])
  })

  it('that fails at the new address stops the share, and the page learns it', async () => {
    const { platform, window, answers, named, events } = open()
    await platform.declare(declaration)
    answers['setShareAttr'] = { reject: { errMsg: 'setShareAttr:fail' } }
    window.location.href = `${PAGE}&view=2`
    await platform.moved()
    expect(events).toEqual(['retry'])
    expect(await fault(platform.share(content))).toBe('retry')
    expect(named('shareAppMessage')).toEqual([])
    answers['setShareAttr'] = { ok: {} }
    expect(await platform.share(content)).toBe('sent')
  })

  it('that fails leaves no earlier one: nothing is sent under the state of another card', async () => {
    const { platform, answers, named } = open()
    await platform.declare(declaration)
    answers['setShareAttr'] = { reject: { errMsg: 'setShareAttr:fail' } }
    expect(await fault(platform.declare({ platform: 'wecom', state: 'OTHER' }))).toBe('retry')
    answers['setShareAttr'] = { ok: {} }
    expect(await fault(platform.share(content))).toBe('retry')
    expect(named('shareAppMessage')).toEqual([])
    await platform.declare({ platform: 'wecom', state: 'OTHER' })
    expect(await platform.share(content)).toBe('sent')
  })

  it('is taken back, and does not come again', async () => {
    const { platform, window, named } = open()
    await platform.declare(declaration)
    await platform.undeclare()
    window.location.href = `${PAGE}&view=2`
    await platform.moved()
    expect(named('setShareAttr').slice(1)).toEqual([{ withShareTicket: false }])
  })

  it('is tried again when the address changed during the handshake', async () => {
    const { platform, window, answers, named, ww } = open()
    const setShareAttr = ww.setShareAttr
    answers['setShareAttr'] = { throws: new Error('SDK Error: Aborted') }
    Object.assign(ww, {
      setShareAttr: (attr: object) => {
        const answer = setShareAttr(attr)
        window.location.href = `${PAGE}&view=2`
        answers['setShareAttr'] = { ok: {} }
        return answer
      },
    })
    expect(await fault(platform.declare(declaration))).toBe('resolved')
    expect(named('setShareAttr')).toHaveLength(2)
  })
})

describe('a share', () => {
  it('leaves only with a declaration', async () => {
    const { platform, named } = open()
    expect(await fault(platform.share(content))).toBe('retry')
    expect(await fault(platform.sendToChat(content))).toBe('retry')
    expect([...named('shareAppMessage'), ...named('sendChatMessage')]).toEqual([])
  })

  it('by the own button and by the attachment bar carries the content as it is', async () => {
    const { platform, named } = open()
    await platform.declare(declaration)
    expect(await platform.share(content)).toBe('sent')
    expect(await platform.sendToChat(content)).toBe('sent')
    expect(named('shareAppMessage')).toEqual([content])
    expect(named('sendChatMessage')).toEqual([{ msgtype: 'news', news: content }])
  })

  it('that is cancelled is no error', async () => {
    const { platform, answers } = open()
    await platform.declare(declaration)
    answers['shareAppMessage'] = { reject: { errMsg: 'shareAppMessage:cancel' } }
    expect(await platform.share(content)).toBe('cancelled')
    answers['shareAppMessage'] = { reject: { errMsg: 'shareAppMessage:fail' } }
    expect(await fault(platform.share(content))).toBe('retry')
  })

  it('waits for the person longer than for a client, and not for ever', async () => {
    jest.useFakeTimers()
    try {
      const { platform, answers } = open()
      await platform.declare(declaration)
      answers['shareAppMessage'] = 'silence'
      let state = 'waiting'
      void fault(platform.share(content)).then((how) => {
        state = how
      })
      await jest.advanceTimersByTimeAsync(5 * 60_000)
      expect(state).toBe('waiting')
      await jest.advanceTimersByTimeAsync(5 * 60_000)
      expect(state).toBe('retry')
    } finally {
      jest.useRealTimers()
    }
  })

  it('from the menu sends what was offered last, by one listener', async () => {
    const { platform, menus } = open()
    await platform.offerInMenu(content)
    await platform.offerInMenu({ ...content, title: 'second' })
    expect(menus).toEqual([{ ...content, title: 'second' }])
  })
})

describe("the opener's page", () => {
  it('hides the items that make a copy, and continues where the client cannot', async () => {
    const { platform, named, answers } = open()
    expect(await platform.hideForwarding()).toBe(true)
    expect(named('hideMenuItems')).toEqual([
      {
        menuList: [
          'menuItem:share:appMessage',
          'menuItem:share:wechat',
          'menuItem:favorite',
          'menuItem:copyUrl',
          'menuItem:openWithSafari',
          'menuItem:share:email',
        ],
      },
    ])
    answers['hideMenuItems'] = { reject: { errMsg: 'hideMenuItems:fail' } }
    expect(await platform.hideForwarding()).toBe(false)
  })

  it('hides the send button of the attachment bar, which would send the page as it is', async () => {
    const { platform, named, answers } = open()
    expect(await platform.hideSend()).toBe(true)
    expect(named('hideChatAttachmentMenu')).toEqual([{ menuList: ['sendMessage'] }])
    answers['hideChatAttachmentMenu'] = {
      reject: { errMsg: 'hideChatAttachmentMenu:without context of chat_attachment' },
    }
    expect(await platform.hideSend()).toBe(false)
  })

  it('has a ticket only from a private card', async () => {
    const { platform, answers } = open()
    expect(await platform.ticket()).toEqual({ shareTicket: 'WEBTICKET' })
    expect(await platform.entry()).toBe('normal')
    answers['getContext'] = { ok: { entry: 'chat_attachment' } }
    expect(await platform.ticket()).toBeNull()
    answers['getContext'] = { ok: {} }
    expect(await platform.entry()).toBeNull()
  })

  it('asks for the context again when it comes out of the memory of the browser', async () => {
    const { platform, window, events, named } = open()
    await platform.declare(declaration)
    window.send('pageshow', { persisted: false })
    expect(events).toEqual([])
    window.send('pageshow', { persisted: true })
    await settled()
    expect(events).toEqual(['return'])
    expect(named('setShareAttr')).toHaveLength(2)
  })

  it('a page outside WeCom hears of no return', () => {
    const { window, events } = open('browser', '')
    window.send('pageshow', { persisted: true })
    expect(events).toEqual([])
  })
})

it('a login leaves the page, and is an error if the page stays', async () => {
  jest.useFakeTimers()
  try {
    const { platform, events } = open()
    const login = fault(platform.login())
    await jest.advanceTimersByTimeAsync(10_000)
    expect(await login).toBe('login')
    expect(events).toEqual(['login'])
    expect(await platform.checkSession()).toBe(true)
  } finally {
    jest.useRealTimers()
  }
})
