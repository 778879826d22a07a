Page({
  data: { s: '', ticket: '没有', status: '' },
  onLoad(query) {
    this.setData({ s: query.s || '' })
  },
  onShow() {
    if (wx.qy) {
      wx.qy.getContext({
        success: ({ shareTicket }) => this.prove(shareTicket),
        fail: ({ errMsg }) => this.setData({ status: errMsg }),
      })
      return
    }
    this.prove(wx.getEnterOptionsSync().shareTicket)
  },
  prove(shareTicket) {
    this.setData({ ticket: shareTicket || '没有' })
    if (!shareTicket) return
    const options = {
      shareTicket,
      success: (res) => this.setData({ status: res.valid === false ? '不是收件人' : '是收件人' }),
      fail: (res) => this.setData({ status: res.errMsg }),
    }
    const login = wx.qy ? wx.qy.login : wx.login
    const proof = () => (wx.qy ? wx.qy.getShareInfo(options) : wx.authPrivateMessage(options))
    login({
      success: ({ code }) =>
        wx.request({
          url: 'https://bff.example/v1/me',
          method: 'POST',
          data: { code },
          success: proof,
          fail: options.fail,
        }),
      fail: options.fail,
    })
  },
  back() {
    wx.navigateBack({ fail: () => wx.reLaunch({ url: '/pages/index/index' }) })
  },
})
