Page({
  data: {
    title: '',
    body: '',
    secret: false,
    notes: [],
    chosen: '',
    ready: false,
    status: '',
    nickname: '',
    day: '2026-01-01',
  },
  onLoad() {
    this.setData({ notes: wx.getStorageSync('notes') || [] })
  },
  onTitle(e) {
    this.setData({ title: e.detail.value })
  },
  onBody(e) {
    this.setData({ body: e.detail.value })
  },
  onSecret(e) {
    this.setData({ secret: e.detail.value })
  },
  onNickname(e) {
    this.setData({ nickname: e.detail.value, status: '昵称 ' + e.detail.value })
  },
  onReview(e) {
    this.setData({ status: e.detail.pass ? '昵称可以用' : '昵称不能用' })
  },
  onDay(e) {
    this.setData({ day: e.detail.value, status: '日子 ' + e.detail.value })
  },
  onAvatar(e) {
    this.setData({ status: e.detail.avatarUrl })
  },
  add() {
    const id = 'n' + (this.data.notes.length + 1)
    const notes = this.data.notes.concat({ id, title: this.data.title })
    wx.setStorageSync('notes', notes)
    this.setData({ notes, title: '', body: '' })
  },
  choose(e) {
    const chosen = e.currentTarget.dataset.id
    const done = () => this.setData({ chosen, ready: true, status: '可以分享了' })
    const fail = (res) => this.setData({ status: res.errMsg })
    if (wx.qy) {
      wx.qy.setShareAttr({ withShareTicket: true, state: 'state-' + chosen, success: done, fail })
      return
    }
    const activity = { isPrivateMessage: true, activityId: 'activity-' + chosen }
    wx.updateShareMenu({
      withShareTicket: true,
      ...(this.data.secret ? activity : {}),
      success: done,
      fail,
    })
  },
  async ask() {
    const { confirm } = await wx.showModal({ title: '删除全部便笺？', content: '不能恢复。' })
    if (!confirm) return
    wx.removeStorageSync('notes')
    this.setData({ notes: [] })
    wx.showToast({ title: '已删除' })
  },
  me() {
    const login = wx.qy ? wx.qy.login : wx.login
    login({
      success: ({ code }) =>
        wx.request({
          url: 'https://bff.example/v1/me',
          method: 'POST',
          data: { code },
          success: ({ statusCode, data }) =>
            this.setData({ status: statusCode + ' ' + (data.name || '') }),
          fail: ({ errMsg }) => this.setData({ status: errMsg }),
        }),
      fail: ({ errMsg }) => this.setData({ status: errMsg }),
    })
  },
  onShareAppMessage({ from }) {
    return {
      title: '给你的便笺',
      path: '/pages/open/index?s=' + (this.data.chosen || from),
    }
  },
})
