const { createOpenController } = require('../../sealcard-kit')
const { platform, client, ask } = require('../../shop')

Page({
  data: { step: 'opening', order: null },

  onLoad({ s = '', c }) {
    this.opening = createOpenController({
      platform,
      client,
      shareId: s,
      ask: c === '1',
      onChange: (state) => this.show(state),
    })
  },

  // 凭证交给自己的后端，换回订单 The receipt goes to our own back-end, which answers the order.
  async show(state) {
    this.setData({ ...state, order: null, lost: false })
    if (state.step !== 'opened' || !state.opening.receipt) return
    try {
      this.setData({ order: await ask('/receipts', { receipt: state.opening.receipt }) })
    } catch {
      this.setData({ lost: true })
    }
  },

  onShow() {
    this.opening.show()
  },
  onUnload() {
    this.opening.leave()
  },
  confirm() {
    this.opening.confirm()
  },
  retry() {
    this.opening.retry()
  },
})
