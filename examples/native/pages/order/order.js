const { createDeclareShare } = require('@sealcard/kit')
const { id, order } = require('../../order')
const { platform, client } = require('../../sealcard')

Page({
  data: { order },

  // 一个订单一张卡片；只有 ready 时分享按钮才可点 One card for the order; only `ready` enables the button.
  onLoad() {
    this.share = createDeclareShare({
      platform,
      prepare: async () => client.createShare((await client.createCard(order, id)).id),
      renewSession: () => client.renewSession(),
      fallback: { title: '茶具店', path: '/pages/order/order' },
      openPath: '/pages/read/read',
      now: Date.now,
      onChange: (state) => this.setData(state),
    })
  },
  onShow() {
    this.share.show()
  },
  onUnload() {
    this.share.leave()
  },
  onShareAppMessage() {
    return { ...this.share.message(), imageUrl: '/share.png' }
  },
})
