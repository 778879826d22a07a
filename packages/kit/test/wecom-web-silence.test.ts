import type { PlatformError } from '../src/platform-error.js'
import { createWecomWebPlatform, type WecomWebPlatform } from '../src/wecom-web.js'
import { fakePage, fakeWw, PAGE, signaturesFor } from './kit/fake-ww.js'

const declaration = { platform: 'wecom', state: 'STATE' } as const
const content = { title: '一张私密卡片', desc: '', link: PAGE, imgUrl: PAGE }
const MINUTE = 60_000

const open = (sign = (url: string) => Promise.resolve(signaturesFor(url))) => {
  const fake = fakeWw()
  const { page } = fakePage()
  const platform = createWecomWebPlatform(fake.ww, { page, sign, logIn: () => undefined })
  return { platform, ...fake }
}
const outcome = (work: Promise<unknown>) =>
  work.then(
    (value) => ({ value }),
    (error: unknown) => ({ fault: (error as PlatformError).fault }),
  )
/** @returns what the call ended with after so many ms; undefined: it still waits */
const endsWithin = async (ms: number, work: Promise<unknown>) => {
  let end: object | undefined
  void outcome(work).then((found) => {
    end = found
  })
  await jest.advanceTimersByTimeAsync(ms)
  return end
}

/** Each call of the SDK that the platform makes, and what makes it. */
const CALLS: Record<string, [fails: object, ms: number, (on: WecomWebPlatform) => unknown]> = {
  setShareAttr: [{ fault: 'retry' }, 5_000, (on) => on.declare(declaration)],
  getContext: [{ fault: 'retry' }, 5_000, (on) => on.ticket()],
  getShareInfo: [{ fault: 'retry' }, 5_000, (on) => on.prove({ shareTicket: 'T' })],
  hideMenuItems: [{ value: false }, 5_000, (on) => on.hideForwarding()],
  hideChatAttachmentMenu: [{ value: false }, 5_000, (on) => on.hideSend()],
  // A person picks a chat, and may take their time.
  shareAppMessage: [{ fault: 'retry' }, 10 * MINUTE, (on) => on.share(content)],
  sendChatMessage: [{ fault: 'retry' }, 10 * MINUTE, (on) => on.sendToChat(content)],
}

describe('a client that never answers', () => {
  beforeEach(() => {
    jest.useFakeTimers()
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  it.each(Object.keys(CALLS))('does not keep the page waiting for %s', async (api) => {
    const { platform, answers, named } = open()
    const [end, ms, run] = CALLS[api]!
    const sends = ms > MINUTE
    if (sends) await platform.declare(declaration)
    answers[api] = 'silence'
    const work = run(platform) as Promise<unknown>
    expect(await endsWithin(ms - 1, work)).toBeUndefined()
    expect(await endsWithin(1, work)).toEqual(end)
    expect(named(api)).toHaveLength(1)
  })

  it('does not keep it waiting later either, when the first call was answered', async () => {
    const { platform, answers } = open()
    await platform.ticket()
    answers['getContext'] = 'silence'
    const work = platform.ticket()
    expect(await endsWithin(9_999, work)).toBeUndefined()
    expect(await endsWithin(1, work)).toEqual({ fault: 'retry' })
  })

  it('does not keep it waiting when it takes a declaration back', async () => {
    const { platform, answers } = open()
    await platform.declare(declaration)
    answers['setShareAttr'] = 'silence'
    expect(await endsWithin(10_000, platform.undeclare())).toEqual({ fault: 'retry' })
  })

  it('does not keep it waiting when it is asked whether it has the call at all', async () => {
    const { platform, answers } = open()
    answers['getShareInfo'] = { reject: { errMsg: 'getShareInfo:function not exist' } }
    answers['checkJsApi'] = 'silence'
    const work = platform.prove({ shareTicket: 'T' })
    expect(await endsWithin(10_000, work)).toEqual({ fault: 'not-recipient' })
  })

  it('was tried with every call of the SDK', () => {
    const { answers } = open()
    expect([...Object.keys(CALLS), 'checkJsApi'].sort()).toEqual(Object.keys(answers).sort())
  })
})

it('a service that never signs does not keep the page waiting', async () => {
  jest.useFakeTimers()
  try {
    const { platform, calls } = open(() => new Promise(() => undefined))
    expect(await endsWithin(10_000, platform.ticket())).toEqual({ fault: 'retry' })
    expect(calls).toEqual([])
  } finally {
    jest.useRealTimers()
  }
})
