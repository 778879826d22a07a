const { createDeclareShare } = require('../../sealcard-kit')
const { platform, client, ask } = require('../../shop')

const FALLBACK = { title: '茶具店', path: '/pages/order/order' }

Page({
  data: { goods: '青瓷茶具一套', step: '', reason: '' },

  // 下单，再为订单声明一次私密分享 Orders, then declares a private share of the order.
  async make() {
    if (this.share) return
    this.setData({ step: 'ordering' })
    const asked = async (path, body) => ask(path, body, (await client.ensureSession()).token)
    const ordered = asked('/orders', { goods: this.data.goods })
    this.share = createDeclareShare({
      platform,
      prepare: async () => asked('/shares', { order: (await ordered).id }),
      renewSession: () => client.renewSession(),
      fallback: FALLBACK,
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
    return this.share ? this.share.message() : FALLBACK
  },
})
