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
    if (wx.qy) wx.qy.login({ success: () => wx.qy.getShareInfo(options) })
    else wx.login({ success: () => wx.authPrivateMessage(options) })
  },
  back() {
    wx.navigateBack({ fail: () => wx.reLaunch({ url: '/pages/index/index' }) })
  },
})
