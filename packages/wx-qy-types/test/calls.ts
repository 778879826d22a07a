// Compiled, never run: what the declarations must accept and refuse. Also without miniprogram-api-typings.
type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Compiles only with a value of exactly this type. */
const exactly =
  <Expected>() =>
  <T>(_value: T, ..._differs: Equal<T, Expected> extends true ? [] : [never]): void =>
    undefined

export const calls = (qy: WxQy.Qy): void => {
  qy.login({
    timeout: 1000,
    success: ({ code, errMsg }) => {
      exactly<string>()(code)
      exactly<string>()(errMsg)
    },
    fail: ({ errCode }) => {
      exactly<number | undefined>()(errCode)
    },
  })
  qy.login()
  qy.checkSession({ success: ({ expireIn }) => exactly<number>()(expireIn) })
  qy.selectEnterpriseContact({
    fromDepartmentId: -1,
    mode: 'multi',
    type: ['user'],
    success: ({ result }) => exactly<WxQy.SelectedUser[]>()(result.userList),
  })
  qy.sendChatMessage?.({ msgtype: 'text', text: { content: 'x' }, enterChat: true })
  qy.setShareAttr?.({ withShareTicket: true, state: 'mine' })
  qy.getContext?.({
    success: ({ entry, shareTicket }) => {
      exactly<WxQy.Entry>()(entry)
      exactly<string | undefined>()(shareTicket)
    },
  })
  qy.getShareInfo?.({
    shareTicket: 'T',
    success: ({ encryptedData, iv }) => {
      exactly<string>()(encryptedData)
      exactly<string>()(iv)
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
