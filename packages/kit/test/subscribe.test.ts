import { PlatformError } from '../src/platform-error.js'
import { acceptTemplates, canSubscribe } from '../src/subscribe.js'
import type { WxLike } from '../src/wx-types.js'

type Ask = NonNullable<WxLike['requestSubscribeMessage']>
const wxOf = (requestSubscribeMessage?: Ask) =>
  ({ ...(requestSubscribeMessage && { requestSubscribeMessage }) }) as WxLike

describe('messages that a person accepts', () => {
  it('are those that the panel answered with accept', async () => {
    const asked: string[][] = []
    const wx = wxOf(({ tmplIds, success }) => {
      asked.push(tmplIds)
      success?.({ errMsg: 'requestSubscribeMessage:ok', A: 'accept', B: 'reject', C: 'filter' })
    })
    expect(await acceptTemplates(wx, ['A', 'B', 'C', 'D'])).toEqual(['A'])
    expect(asked).toEqual([['A', 'B', 'C', 'D']])
  })

  it('are asked for before any wait: the platform refuses what is no tap', () => {
    let asked = false
    const wx = wxOf(({ fail }) => {
      asked = true
      fail?.({ errMsg: 'requestSubscribeMessage:fail' })
    })
    void acceptTemplates(wx, ['A']).catch(() => undefined)
    expect(asked).toBe(true)
  })

  it('cannot be asked for while the main switch is off, or in an older client', async () => {
    const off = wxOf(({ fail }) =>
      fail?.({ errMsg: 'requestSubscribeMessage:fail', errCode: 20004 }),
    )
    await expect(acceptTemplates(off, ['A'])).rejects.toBeInstanceOf(PlatformError)
    expect(canSubscribe(off)).toBe(true)
    expect(canSubscribe(wxOf())).toBe(false)
    await expect(acceptTemplates(wxOf(), ['A'])).rejects.toMatchObject({ fault: 'unsupported' })
  })
})
