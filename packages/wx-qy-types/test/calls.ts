// Compiled, never run: what the declarations must accept and refuse. Also without miniprogram-api-typings.
type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const expectType = <_Expected extends true>(): void => undefined

export const calls = (qy: WxQy.Qy): void => {
  qy.login({
    timeout: 1000,
    success: ({ code, errMsg }) => {
      expectType<Equal<typeof code, string>>()
      expectType<Equal<typeof errMsg, string>>()
    },
    fail: ({ errCode }) => {
      expectType<Equal<typeof errCode, number | undefined>>()
    },
  })
  qy.login()
  qy.checkSession({ success: ({ expireIn }) => expectType<Equal<typeof expireIn, number>>() })
  qy.selectEnterpriseContact({
    fromDepartmentId: -1,
    mode: 'multi',
    type: ['user'],
    success: ({ result }) => expectType<Equal<(typeof result.userList)[0]['id'], string>>(),
  })
  qy.sendChatMessage?.({ msgtype: 'text', text: { content: 'x' }, enterChat: true })
  qy.setShareAttr?.({ withShareTicket: true, state: 'mine' })
  qy.getContext?.({
    success: ({ entry, shareTicket }) => {
      expectType<Equal<typeof entry, WxQy.Entry>>()
      expectType<Equal<typeof shareTicket, string | undefined>>()
    },
  })
  qy.getShareInfo?.({
    shareTicket: 'T',
    success: ({ encryptedData, iv }) => {
      expectType<Equal<typeof encryptedData, string>>()
      expectType<Equal<typeof iv, string>>()
    },
  })

  // @ts-expect-error an older WeCom does not have it: ask first
  qy.getShareInfo({ shareTicket: 'T' })
  // @ts-expect-error the ticket is missing
  qy.getShareInfo?.({})
  // @ts-expect-error no such option
  qy.setShareAttr?.({ withShareTickets: true })
  // @ts-expect-error no such mode
  qy.selectEnterpriseContact({ fromDepartmentId: 0, mode: 'many', type: ['user'] })
  // @ts-expect-error the text of another kind of message
  qy.sendChatMessage?.({ msgtype: 'image', text: { content: 'x' } })
  // @ts-expect-error no call of WeCom's mini-programs
  qy.shareAppMessage?.({})
}

export const both = (wx: WechatMiniprogram.Wx): void => {
  wx.qy?.checkSession()
  // @ts-expect-error WeChat has no wx.qy
  wx.qy.checkSession()
}
