const { createDeclareShare } = require('@sealcard/kit')
const { platform, client } = require('../../sealcard')

Page({
  data: { order: '订单 2026-1129：青瓷茶具，¥ 860', step: '', reason: '' },

  // 在点击里做卡片，然后声明；只有 ready 时分享按钮才可点 Make the card in a tap, then declare it.
  async make() {
    if (this.share) return
    const card = { title: '你的订单', body: this.data.order, policy: {} }
    const made = client.createCard(card, `order-2026-1129-${Date.now()}`)
    this.share = createDeclareShare({
      platform,
      prepare: async () => client.createShare((await made).id),
      renewSession: () => client.renewSession(),
      fallback: { title: '茶具店', path: '/pages/order/order' },
      // 自己的落地页：不写时是 BFF 配置里的 apps[].openPath This mini-program's own page.
      openPath: '/pages/read/read',
      now: Date.now,
      onChange: ({ step, reason = '' }) => this.setData({ step, reason }),
    })
    await this.share.show()
  },

  onShow() {
    if (this.share) this.share.show()
  },
  onUnload() {
    if (this.share) this.share.leave()
  },
  onShareAppMessage() {
    const message = this.share
      ? this.share.message()
      : { title: '茶具店', path: '/pages/order/order' }
    // 没有图片时平台会截取页面 Without a picture the platform takes a screenshot of this page.
    return { ...message, imageUrl: '/share.png' }
  },
})
